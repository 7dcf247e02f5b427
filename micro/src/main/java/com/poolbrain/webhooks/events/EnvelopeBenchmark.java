package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Writes the body of a request, which each attempt creates around the stored `data`.
@State(Scope.Benchmark)
public class EnvelopeBenchmark {

  private static final String ITEM = "{\"customerId\":1001,\"displayName\":\"John Doe\"}";

  private final UUID id = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0001L);
  private final Instant occurredAt = Instant.parse("2026-02-13T06:42:24.705Z");
  private byte[] data = {};

  /// Customers in `data`: one is an object, more are an array.
  @Param({"1", "100"})
  public int items;

  /// Creates the `data`.
  @Setup
  public void createData() {
    String json = items == 1 ? ITEM : "[" + (ITEM + ",").repeat(items - 1) + ITEM + "]";
    data = json.getBytes(StandardCharsets.US_ASCII);
  }

  /// One body.
  @Benchmark
  public byte[] write() {
    return Envelope.write(id, "customer.created", 40, occurredAt, data);
  }
}
