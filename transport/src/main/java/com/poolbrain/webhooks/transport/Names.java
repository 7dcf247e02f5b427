package com.poolbrain.webhooks.transport;

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
final class Names implements AutoCloseable {

  /// What a name with a hundred addresses is cut to.
  private static final int ADDRESSES_PER_HOST = 8;

  /// How often a name is asked for before nobody is there.
  private static final int QUERIES = 2;

  private final NameSettings settings;
  private final InstantSource clock;
  private final TtlWitness ttls = new TtlWitness();
  private final DnsNameResolver resolver;
  private final ConcurrentHashMap<String, Lookup> lookups = new ConcurrentHashMap<>();

  Names(NameSettings settings, InstantSource clock, EventLoop loop) {
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
            .resolveCache(ttls)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .build();
  }

  /// The addresses of a name, none if DNS has none for it or doesn't say in time.
  List<InetAddress> addresses(String name, Deadline deadline) throws InterruptedException {
    Lookup known = lookups.get(name);
    if (known == null || known.isOver(clock.millis())) {
      known = lookUp(name, known);
    }
    try {
      return known.addresses.get(Math.max(deadline.left(), 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException unanswered) {
      return List.of();
    }
  }

  private Lookup lookUp(String name, @Nullable Lookup old) {
    Lookup mine = new Lookup();
    Lookup other =
        old == null
            ? lookups.putIfAbsent(name, mine)
            : lookups.replace(name, old, mine) ? null : lookups.get(name);
    if (other != null) {
      return other;
    }
    makeRoom();
    ttls.expect(name);
    ask(name, mine, QUERIES);
    return mine;
  }

  /// Asks, and once more if nobody answered: a datagram may get lost.
  private void ask(String name, Lookup lookup, int queries) {
    var _ =
        resolver
            .resolveAll(name)
            .addListener(answer -> {
              if (queries > 1 && isSilence(answer.cause())) {
                ask(name, lookup, queries - 1);
              } else {
                keep(name, lookup, answer);
              }
            });
  }

  private static boolean isSilence(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsNameResolverTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private void keep(String name, Lookup lookup, Future<?> answer) {
    long least = settings.leastTtl().toMillis();
    long most = settings.mostTtl().toMillis();
    long ttl = TimeUnit.SECONDS.toMillis(ttls.leastOf(name));
    boolean found = answer.isSuccess();
    lookup.until = clock.millis() + (found ? Math.clamp(ttl, least, most) : least);
    lookup.addresses.complete(found ? cut((List<?>) answer.getNow()) : List.of());
  }

  private static List<InetAddress> cut(List<?> addresses) {
    return addresses.stream()
        .map(InetAddress.class::cast)
        .distinct()
        .limit(ADDRESSES_PER_HOST)
        .toList();
  }

  /// Drops what is over, and if that is not enough whatever comes first: it is asked for again.
  private void makeRoom() {
    if (lookups.size() <= settings.hosts()) {
      return;
    }
    long now = clock.millis();
    lookups.values().removeIf(lookup -> lookup.isOver(now));
    Iterator<Lookup> all = lookups.values().iterator();
    while (lookups.size() > settings.hosts() && all.hasNext()) {
      all.next();
      all.remove();
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
    volatile long until = Long.MAX_VALUE;

    boolean isOver(long now) {
      return until <= now;
    }
  }
}
