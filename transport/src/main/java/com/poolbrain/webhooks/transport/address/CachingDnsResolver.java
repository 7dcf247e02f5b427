package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.transport.Deadline;
import com.poolbrain.webhooks.transport.DnsSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Host names and their addresses, asked of DNS without blocking a thread of the operating system.
///
/// An answer is kept as long as its TTL says, within bounds; any number of callers that need the
/// same name at once share one look-up.
public final class CachingDnsResolver implements AutoCloseable {

  /// What a name with a hundred addresses is cut to.
  private static final int MAX_ADDRESSES_PER_HOST = 8;

  /// How often a name is asked for before nobody is there.
  private static final int MAX_QUERIES = 2;

  private final DnsSettings settings;
  private final InstantSource clock;
  private final TtlCapturingCache ttlCache = new TtlCapturingCache();
  private final DnsNameResolver resolver;
  private final ConcurrentHashMap<String, Lookup> lookups = new ConcurrentHashMap<>();

  public CachingDnsResolver(DnsSettings settings, InstantSource clock, EventLoop loop) {
    this.settings = settings;
    this.clock = clock;
    this.resolver =
        new DnsNameResolverBuilder(loop)
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            // A new source port for each look-up: forged answers have to guess it.
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
            .nameServerProvider(
                settings.servers().isEmpty()
                    ? DnsServerAddressStreamProviders.platformDefault()
                    : new SequentialDnsServerAddressStreamProvider(
                        settings.servers().toArray(InetSocketAddress[]::new)))
            .queryTimeoutMillis(settings.queryTimeout().toMillis())
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(false)
            .searchDomains(List.of())
            .resolveCache(ttlCache)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .build();
  }

  /// The addresses of a name, none if DNS has none for it or doesn't say in time.
  public List<InetAddress> resolve(String name, Deadline deadline) throws InterruptedException {
    Lookup lookup = lookups.get(name);
    if (lookup == null || lookup.isExpired(clock.millis())) {
      lookup = startLookup(name, lookup);
    }
    try {
      return lookup.addresses.get(Math.max(deadline.remainingNanos(), 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException unanswered) {
      return List.of();
    }
  }

  private Lookup startLookup(String name, @Nullable Lookup expired) {
    Lookup created = new Lookup();
    Lookup concurrent =
        expired == null
            ? lookups.putIfAbsent(name, created)
            : lookups.replace(name, expired, created) ? null : lookups.get(name);
    if (concurrent != null) {
      return concurrent;
    }
    evictLookups();
    ttlCache.startCapture(name);
    query(name, created, MAX_QUERIES);
    return created;
  }

  /// Asks, and once more if nobody answered: a datagram may get lost.
  private void query(String name, Lookup lookup, int queriesLeft) {
    var _ =
        resolver
            .resolveAll(name)
            .addListener(answer -> {
              if (queriesLeft > 1 && isTimeout(answer.cause())) {
                query(name, lookup, queriesLeft - 1);
              } else {
                cacheAnswer(name, lookup, answer);
              }
            });
  }

  private static boolean isTimeout(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsNameResolverTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private void cacheAnswer(String name, Lookup lookup, Future<?> answer) {
    long minTtlMillis = settings.minTtl().toMillis();
    long maxTtlMillis = settings.maxTtl().toMillis();
    long ttlMillis = TimeUnit.SECONDS.toMillis(ttlCache.takeMinTtl(name));
    boolean found = answer.isSuccess();
    lookup.expiresAt =
        clock.millis() + (found ? Math.clamp(ttlMillis, minTtlMillis, maxTtlMillis) : minTtlMillis);
    lookup.addresses.complete(found ? limitAddresses((List<?>) answer.getNow()) : List.of());
  }

  private static List<InetAddress> limitAddresses(List<?> addresses) {
    return addresses.stream()
        .map(InetAddress.class::cast)
        .distinct()
        .limit(MAX_ADDRESSES_PER_HOST)
        .toList();
  }

  /// Drops what is over, and if that is not enough whatever comes first: it is asked for again.
  private void evictLookups() {
    if (lookups.size() <= settings.maxHosts()) {
      return;
    }
    long now = clock.millis();
    lookups.values().removeIf(lookup -> lookup.isExpired(now));
    Iterator<Lookup> iterator = lookups.values().iterator();
    while (lookups.size() > settings.maxHosts() && iterator.hasNext()) {
      iterator.next();
      iterator.remove();
    }
  }

  @Override
  public void close() {
    resolver.close();
    lookups.values().forEach(lookup -> lookup.addresses.complete(List.of()));
  }

  /// One question and, once it has come, the answer to it.
  private static final class Lookup {

    final CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();

    /// Written before the addresses, so that whoever sees these sees it too.
    volatile long expiresAt = Long.MAX_VALUE;

    boolean isExpired(long now) {
      return expiresAt <= now;
    }
  }
}
