package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Test data of the engine's tests.
public final class Fixtures {

  public static final Instant NOW = Instant.parse("2026-02-13T06:42:24.705Z");
  public static final InstantSource CLOCK = InstantSource.fixed(NOW);
  public static final EventType CUSTOMER_CREATED =
      new EventType("customer.created", List.of(), true);
  public static final EventType STATUS_UPDATED =
      new EventType("customer.status.updated", List.of("customer.status.changed"), false);

  private Fixtures() {}

  public static UUID id(long number) {
    return new UUID(0x7000L, number);
  }

  public static Endpoint endpoint(long number, long companyId, String... eventNames) {
    return new Endpoint(
        id(number),
        companyId,
        URI.create("https://consumer" + number + ".test/hooks"),
        List.of(eventNames),
        "",
        false,
        false,
        Instant.EPOCH,
        SigningSecrets.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        Endpoint.DeliveryOptions.DEFAULT,
        List.of(),
        0);
  }

  public static CompanyConfig companyConfig(long id, Endpoint... endpoints) {
    return new CompanyConfig(new Company(id, "Blue Lagoon Pools", true), List.of(endpoints));
  }

  public static ConfigSnapshot configSnapshot(CompanyConfig... companies) {
    return ConfigSnapshot.EMPTY.with(new LeaseRenewal(true, NOW, 1, 1, List.of(companies)));
  }

  public static PublishedEvent publishedEvent(long companyId, EventType type, int items) {
    return publishedEvent(companyId, type, null, items);
  }

  public static PublishedEvent publishedEvent(
      long companyId, EventType type, @Nullable String operation, int items) {
    return new PublishedEvent(
        companyId,
        type,
        NOW,
        operation,
        IntStream.range(0, items).mapToObj(i -> eventItem("{\"n\":" + i + "}")).toList(),
        null);
  }

  public static PublishedEvent.EventItem eventItem(String json) {
    return new PublishedEvent.EventItem(json.getBytes(StandardCharsets.US_ASCII), List.of());
  }

  public static PublishRequest publishRequest(PublishedEvent... events) {
    return new PublishRequest(List.of(events), null);
  }

  public static Claim claim(long number, Endpoint endpoint) {
    Event event =
        new Event(
            id(1_000_000 + number),
            endpoint.companyId(),
            STATUS_UPDATED.name(),
            NOW,
            1,
            "{\"customerId\":7}".getBytes(StandardCharsets.US_ASCII));
    return new Claim(
        id(number), event, endpoint.id(), STATUS_UPDATED.name(), Trigger.AUTOMATIC, 0, 0, NOW);
  }

  public static List<Claim> claims(Endpoint endpoint, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> claim(i, endpoint)).toList();
  }

  static List<String> dataTexts(Plan plan) {
    return plan.events().stream()
        .map(event -> new String(event.event().data(), StandardCharsets.US_ASCII))
        .toList();
  }

  public static Stream<NewDelivery> deliveriesOf(Plan plan, long endpoint) {
    return plan.deliveries().stream()
        .filter(delivery -> delivery.endpointId().equals(id(endpoint)));
  }
}
