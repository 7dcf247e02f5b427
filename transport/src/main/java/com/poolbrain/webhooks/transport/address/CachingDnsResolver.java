package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.transport.settings.DnsSettings;
import com.poolbrain.webhooks.transport.settings.NameServers;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Resolves host names by DNS without blocking a platform thread.
///
/// Answers are cached for their TTL, within the configured bounds. Concurrent callers for one name
/// share one look-up.
public final class CachingDnsResolver implements AutoCloseable {

  /// Further addresses of a host are ignored.
  private static final int MAX_ADDRESSES_PER_HOST = 8;

  /// Netty's limit for one round, over all servers, record types and aliases on the way. By default
  /// it is the option `attempts` of resolv.conf, which is the number of rounds.
  private static final int MAX_QUERIES_PER_ROUND = 64;

  private final DnsSettings settings;
  private final Supplier<NameServers> nameServers;
  private final InstantSource clock;
  private final TtlCapturingCache ttlCache = new TtlCapturingCache();
  private final DnsNameResolver resolver;
  private final ConcurrentHashMap<String, Lookup> lookups = new ConcurrentHashMap<>();

  public CachingDnsResolver(DnsSettings settings, InstantSource clock, EventLoop loop) {
    this.settings = settings;
    this.clock = clock;
    NameServers configured = settings.nameServers();
    this.nameServers =
        configured == null ? new SystemNameServers(Path.of("/etc/resolv.conf")) : () -> configured;
    this.resolver =
        new DnsNameResolverBuilder(loop)
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            // A new source port for each look-up makes forged answers harder.
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
            .nameServerProvider(new NameServerStreams(nameServers))
            .queryTimeoutMillis(nameServers.get().queryTimeout().toMillis())
            .maxQueriesPerResolve(MAX_QUERIES_PER_ROUND)
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(false)
            .searchDomains(List.of())
            .resolveCache(ttlCache)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .build();
  }

  /// The addresses of a host name; none if it has none or DNS does not answer in time.
  public DnsAnswer resolve(String name, Deadline deadline) throws InterruptedException {
    Lookup lookup = lookups.get(name);
    if (lookup == null || lookup.isExpired(clock.millis())) {
      lookup = startLookup(name, lookup);
    }
    try {
      return lookup.answer.get(Math.max(deadline.remainingNanos(), 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException unanswered) {
      return DnsAnswer.TIMEOUT;
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
    query(name, created, nameServers.get().rounds());
    return created;
  }

  /// Asks the servers in their order. Asks them all again if one did not answer, since a datagram
  /// may get lost.
  private void query(String name, Lookup lookup, int roundsLeft) {
    var _ =
        resolver
            .resolveAll(name)
            .addListener(answer -> {
              if (roundsLeft > 1 && DnsAnswer.isTimeout(answer.cause())) {
                query(name, lookup, roundsLeft - 1);
              } else {
                cacheAnswer(name, lookup, answer);
              }
            });
  }

  private void cacheAnswer(String name, Lookup lookup, Future<?> answer) {
    long minTtlMillis = settings.minTtl().toMillis();
    long maxTtlMillis = settings.maxTtl().toMillis();
    long ttlMillis = TimeUnit.SECONDS.toMillis(ttlCache.takeMinTtl(name));
    boolean found = answer.isSuccess();
    lookup.expiresAt =
        clock.millis() + (found ? Math.clamp(ttlMillis, minTtlMillis, maxTtlMillis) : minTtlMillis);
    lookup.answer.complete(
        found
            ? DnsAnswer.found(limitAddresses((List<?>) answer.getNow()))
            : DnsAnswer.of(answer.cause()));
  }

  private static List<InetAddress> limitAddresses(List<?> addresses) {
    return addresses.stream()
        .map(InetAddress.class::cast)
        .distinct()
        .limit(MAX_ADDRESSES_PER_HOST)
        .toList();
  }

  /// Removes expired look-ups, and then any others until the limit is met.
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
    lookups.values().forEach(lookup -> lookup.answer.complete(DnsAnswer.TIMEOUT));
  }

  /// A look-up, with its answer once it has arrived.
  private static final class Lookup {

    final CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();

    /// Written before the answer is completed, so that it is visible with it.
    volatile long expiresAt = Long.MAX_VALUE;

    boolean isExpired(long now) {
      return expiresAt <= now;
    }
  }
}
