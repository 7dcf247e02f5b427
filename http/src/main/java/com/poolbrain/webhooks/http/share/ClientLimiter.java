package com.poolbrain.webhooks.http.share;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Limits how often one client may try a secret that the service does not know, such as an API key:
/// a token bucket for each IPv4 address and for each IPv6 network of 64 bits, which usually belongs
/// to one client.
public final class ClientLimiter {

  private static final int MAX_CLIENTS = 10_000;
  private static final int NETWORK_BYTES = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final class Bucket {
    private double tokens;
    private long refilledAtNanos;

    private Bucket(double tokens) {
      this.tokens = tokens;
    }
  }

  private final double triesPerSecond;
  private final int burst;
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

  /// @param burst tries of a client that has not tried for a while
  public ClientLimiter(double triesPerSecond, int burst, LongSupplier nanoTime) {
    this.triesPerSecond = triesPerSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /// Counts a try; false if the client has none left.
  public synchronized boolean tryAcquire(InetAddress client) {
    Bucket bucket = refilled(client);
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  /// Takes back a try, because the secret is valid.
  public synchronized void refund(InetAddress client) {
    Bucket bucket = refilled(client);
    bucket.tokens = Math.min(burst, bucket.tokens + 1);
  }

  /// Clients that are remembered.
  public synchronized int clientCount() {
    return buckets.size();
  }

  private Bucket refilled(InetAddress client) {
    Bucket bucket = buckets.computeIfAbsent(network(client), _ -> new Bucket(burst));
    long now = nanoTime.getAsLong();
    double added = (now - bucket.refilledAtNanos) * triesPerSecond / NANOS_PER_SECOND;
    bucket.tokens = Math.min(burst, bucket.tokens + added);
    bucket.refilledAtNanos = now;
    return bucket;
  }

  private static ByteBuffer network(InetAddress client) {
    byte[] bytes = client.getAddress();
    return ByteBuffer.wrap(bytes, 0, client instanceof Inet4Address ? bytes.length : NETWORK_BYTES);
  }
}
