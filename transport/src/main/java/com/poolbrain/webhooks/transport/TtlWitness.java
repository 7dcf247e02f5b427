package com.poolbrain.webhooks.transport;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A cache for Netty's resolver that keeps no addresses, only the shortest TTL seen for each name
/// that is being asked for: the resolver tells it to nobody else.
final class TtlWitness implements DnsCache {

  private final ConcurrentHashMap<String, Long> least = new ConcurrentHashMap<>();

  /// Begins to listen for answers about a name.
  void expect(String name) {
    least.put(withoutDot(name), Long.MAX_VALUE);
  }

  /// The shortest TTL in seconds since [#expect(String)], and no longer listens. Very long for a
  /// name that DNS was not asked for, because the hosts file has it.
  long leastOf(String name) {
    Long seen = least.remove(withoutDot(name));
    return seen == null ? Long.MAX_VALUE : seen;
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  @Override
  public DnsCacheEntry cache(
      String name,
      DnsRecord @Nullable [] additionals,
      InetAddress address,
      long ttl,
      EventLoop loop) {
    least.computeIfPresent(withoutDot(name), (_, seen) -> Math.min(seen, ttl));
    return new Passing(address, null);
  }

  @Override
  public DnsCacheEntry cache(
      String name, DnsRecord @Nullable [] additionals, Throwable cause, EventLoop loop) {
    return new Passing(null, cause);
  }

  @Override
  public List<? extends DnsCacheEntry> get(String name, DnsRecord @Nullable [] additionals) {
    return List.of();
  }

  @Override
  public void clear() {}

  @Override
  public boolean clear(String name) {
    return false;
  }

  /// What the resolver is handed back for what it wanted kept.
  private record Passing(@Nullable InetAddress address, @Nullable Throwable cause)
      implements DnsCacheEntry {}
}
