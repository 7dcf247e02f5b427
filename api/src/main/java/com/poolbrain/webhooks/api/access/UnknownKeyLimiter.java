package com.poolbrain.webhooks.api.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Limits how often unknown API keys of one client are looked up: a token bucket for each IPv4
/// address and for each IPv6 network of 64 bits, which usually belongs to one client.
///
/// The look-up of a key that turns out to be valid is not counted.
final class UnknownKeyLimiter {

  /// A load that the database does not notice.
  static final int LOOKUPS_PER_SECOND = 10;

  /// Enough for the first requests of many valid keys behind one address.
  static final int BURST = 100;

  private static final int MAX_CLIENTS = 10_000;
  private static final int NETWORK_BYTES = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final class Bucket {
    private double tokens = BURST;
    private long refilledAtNanos;
  }

  private final LongSupplier nanoTime;

  /// The buckets of the clients that were seen last.
  private final Map<ByteBuffer, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Bucket> eldest) {
          return size() > MAX_CLIENTS;
        }
      };

  UnknownKeyLimiter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Takes a token for a look-up; false if the client has none left.
  synchronized boolean tryAcquire(InetAddress client) {
    Bucket bucket = refilled(client);
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  /// Gives a token back, because the key is valid.
  synchronized void refund(InetAddress client) {
    Bucket bucket = refilled(client);
    bucket.tokens = Math.min(BURST, bucket.tokens + 1);
  }

  /// Clients that are remembered.
  synchronized int clientCount() {
    return buckets.size();
  }

  private Bucket refilled(InetAddress client) {
    Bucket bucket = buckets.computeIfAbsent(network(client), _ -> new Bucket());
    long now = nanoTime.getAsLong();
    double added = (now - bucket.refilledAtNanos) * LOOKUPS_PER_SECOND / NANOS_PER_SECOND;
    bucket.tokens = Math.min(BURST, bucket.tokens + added);
    bucket.refilledAtNanos = now;
    return bucket;
  }

  private static ByteBuffer network(InetAddress client) {
    byte[] bytes = client.getAddress();
    return ByteBuffer.wrap(bytes, 0, client instanceof Inet4Address ? bytes.length : NETWORK_BYTES);
  }
}
