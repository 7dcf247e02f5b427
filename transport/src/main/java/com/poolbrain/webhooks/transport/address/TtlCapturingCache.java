package com.poolbrain.webhooks.transport.address;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A cache for Netty's resolver that stores no addresses, only the shortest TTL of each name in
/// resolution. Netty reports the TTL to its cache only.
final class TtlCapturingCache implements DnsCache {

  private final ConcurrentHashMap<String, Long> minTtlByName = new ConcurrentHashMap<>();

  /// Starts capturing the TTLs of a name.
  void startCapture(String name) {
    minTtlByName.put(stripTrailingDot(name), Long.MAX_VALUE);
  }

  /// Ends capturing and returns the shortest TTL in seconds; `Long.MAX_VALUE` for a name that was
  /// resolved by the hosts file.
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

  /// The entry that Netty's resolver expects in return; not stored.
  private record UncachedEntry(@Nullable InetAddress address, @Nullable Throwable cause)
      implements DnsCacheEntry {}
}
