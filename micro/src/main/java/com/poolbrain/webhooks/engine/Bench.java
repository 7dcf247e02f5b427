package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// What the benchmarks of this package start from: a company whose endpoints get new customers.
final class Bench {

  static final long COMPANY = 40;
  static final Instant NOW = Instant.parse("2026-02-13T06:42:24.705Z");
  static final EventType CREATED = new EventType("customer.created", List.of(), true);

  private Bench() {}

  static Subscriptions company(int endpoints, Secrets secrets) {
    return new Subscriptions(
        new Company(COMPANY, "Crystal Clear Pools", true),
        IntStream.range(0, endpoints).mapToObj(i -> endpoint(i, secrets)).toList());
  }

  static Endpoint endpoint(int number, Secrets secrets) {
    return new Endpoint(
        new UUID(0x7000L, number),
        COMPANY,
        URI.create("https://consumer" + number + ".test/hooks"),
        List.of("customer.status.updated", CREATED.name()),
        "",
        false,
        false,
        Instant.EPOCH,
        secrets,
        Endpoint.Tuning.DEFAULT);
  }

  static byte[] data() {
    return "{\"customerId\":1001,\"displayName\":\"John Doe\"}".getBytes(StandardCharsets.US_ASCII);
  }
}
