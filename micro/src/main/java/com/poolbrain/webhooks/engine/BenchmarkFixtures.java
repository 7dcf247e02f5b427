package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SigningSecrets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// A company and its endpoints, as input of the benchmarks.
public final class BenchmarkFixtures {

  public static final long COMPANY = 40;
  public static final Instant NOW = Instant.parse("2026-02-13T06:42:24.705Z");
  public static final EventType CREATED = new EventType("customer.created", List.of(), true);

  private BenchmarkFixtures() {}

  public static CompanyConfig companyConfig(int endpoints, SigningSecrets signingSecrets) {
    return new CompanyConfig(
        new Company(COMPANY, "Crystal Clear Pools", true),
        IntStream.range(0, endpoints).mapToObj(i -> endpoint(i, signingSecrets)).toList());
  }

  public static Endpoint endpoint(int number, SigningSecrets signingSecrets) {
    return Endpoint.create(
            new UUID(0x7000L, number),
            COMPANY,
            URI.create("https://consumer" + number + ".test/hooks"),
            List.of("customer.status.updated", CREATED.name()),
            "",
            Instant.EPOCH)
        .withSecrets(signingSecrets);
  }

  public static byte[] data() {
    return "{\"customerId\":1001,\"displayName\":\"John Doe\"}".getBytes(StandardCharsets.US_ASCII);
  }
}
