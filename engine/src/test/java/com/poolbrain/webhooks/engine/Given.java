package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the tests of this room start from.
final class Given {

  static final Instant NOW = Instant.parse("2026-02-13T06:42:24.705Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final EventType CREATED = new EventType("customer.created", List.of(), true);
  static final EventType STATUS =
      new EventType("customer.status.updated", List.of("customer.status.changed"), false);

  private Given() {}

  static UUID id(long number) {
    return new UUID(0x7000L, number);
  }

  static Endpoint endpoint(long number, long companyId, String... names) {
    return new Endpoint(
        id(number),
        companyId,
        URI.create("https://consumer" + number + ".test/hooks"),
        List.of(names),
        "",
        false,
        false,
        Instant.EPOCH,
        Secrets.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        Endpoint.Tuning.DEFAULT);
  }

  static Endpoint paused(Endpoint it) {
    return new Endpoint(
        it.id(),
        it.companyId(),
        it.url(),
        it.names(),
        it.description(),
        true,
        it.deleted(),
        it.createdAt(),
        it.secrets(),
        it.tuning());
  }

  static Endpoint with(Endpoint it, Secrets secrets, Endpoint.Tuning tuning) {
    return new Endpoint(
        it.id(),
        it.companyId(),
        it.url(),
        it.names(),
        it.description(),
        it.paused(),
        it.deleted(),
        it.createdAt(),
        secrets,
        tuning);
  }

  static Subscriptions company(long id, Endpoint... endpoints) {
    return new Subscriptions(new Company(id, "Blue Lagoon Pools", true), List.of(endpoints));
  }

  static Directory directory(Subscriptions... companies) {
    return Directory.EMPTY.with(new Renewal(true, NOW, 1, 1, List.of(companies)));
  }

  static Part part(long companyId, EventType type, int items) {
    return part(companyId, type, null, items);
  }

  static Part part(long companyId, EventType type, @Nullable String operation, int items) {
    return new Part(
        companyId,
        type,
        NOW,
        operation,
        IntStream.range(0, items).mapToObj(i -> item("{\"n\":" + i + "}")).toList(),
        null);
  }

  static Part.Item item(String json) {
    return new Part.Item(json.getBytes(StandardCharsets.US_ASCII), List.of());
  }

  static Submission submission(Part... parts) {
    return new Submission(List.of(parts), null);
  }

  static Claim claim(long number, Endpoint endpoint) {
    Event event =
        new Event(
            id(1_000_000 + number),
            endpoint.companyId(),
            STATUS.name(),
            NOW,
            1,
            "{\"customerId\":7}".getBytes(StandardCharsets.US_ASCII));
    return new Claim(id(number), event, endpoint.id(), STATUS.name(), Trigger.AUTOMATIC, 0, 0, NOW);
  }

  static List<Claim> claims(Endpoint endpoint, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> claim(i, endpoint)).toList();
  }

  static List<String> texts(Plan plan) {
    return plan.events().stream()
        .map(event -> new String(event.event().data(), StandardCharsets.US_ASCII))
        .toList();
  }

  static Stream<NewDelivery> deliveriesOf(Plan plan, long endpoint) {
    return plan.deliveries().stream().filter(it -> it.endpointId().equals(id(endpoint)));
  }
}
