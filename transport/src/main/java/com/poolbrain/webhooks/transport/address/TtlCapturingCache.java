package com.poolbrain.webhooks.transport.address;

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
final class TtlCapturingCache implements DnsCache {

  private final ConcurrentHashMap<String, Long> minTtlByName = new ConcurrentHashMap<>();

  /// Begins to listen for answers about a name.
  void startCapture(String name) {
    minTtlByName.put(stripTrailingDot(name), Long.MAX_VALUE);
  }

  /// The shortest TTL in seconds since [#startCapture(String)], and no longer listens. Very long
  /// for a name that DNS was not asked for, because the hosts file has it.
  long takeMinTtl(String name) {
    Long captured = minTtlByName.remove(stripTrailingDot(name));
    return captured == null ? Long.MAX_VALUE : captured;
  }

  private static String stripTrailingDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  @Override
  public DnsCacheEntry cache(
      String name,
      DnsRecord @Nullable [] additionals,
      InetAddress address,
      long ttl,
      EventLoop loop) {
    minTtlByName.computeIfPresent(stripTrailingDot(name), (_, captured) -> Math.min(captured, ttl));
    return new UncachedEntry(address, null);
  }

  @Override
  public DnsCacheEntry cache(
      String name, DnsRecord @Nullable [] additionals, Throwable cause, EventLoop loop) {
    return new UncachedEntry(null, cause);
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
  private record UncachedEntry(@Nullable InetAddress address, @Nullable Throwable cause)
      implements DnsCacheEntry {}
}
