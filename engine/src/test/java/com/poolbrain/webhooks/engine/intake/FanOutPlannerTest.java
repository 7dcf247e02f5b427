package com.poolbrain.webhooks.engine.intake;

import static com.poolbrain.webhooks.engine.Fixtures.CUSTOMER_CREATED;
import static com.poolbrain.webhooks.engine.Fixtures.NOW;
import static com.poolbrain.webhooks.engine.Fixtures.STATUS_UPDATED;
import static com.poolbrain.webhooks.engine.Fixtures.companyConfig;
import static com.poolbrain.webhooks.engine.Fixtures.configSnapshot;
import static com.poolbrain.webhooks.engine.Fixtures.deliveriesOf;
import static com.poolbrain.webhooks.engine.Fixtures.endpoint;
import static com.poolbrain.webhooks.engine.Fixtures.publishRequest;
import static com.poolbrain.webhooks.engine.Fixtures.publishedEvent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Fixtures;
import com.poolbrain.webhooks.engine.intake.PlanResult.AlreadyAnswered;
import com.poolbrain.webhooks.engine.intake.PlanResult.Planned;
import com.poolbrain.webhooks.engine.intake.PlanResult.Refused;
import com.poolbrain.webhooks.engine.intake.PublishRequest.IdempotentRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult.Conflict;
import com.poolbrain.webhooks.engine.intake.PublishResult.Reason;
import com.poolbrain.webhooks.engine.intake.PublishResult.Rejected;
import com.poolbrain.webhooks.engine.intake.PublishResult.Rejection;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FanOutPlannerTest {

  private final FanOutPlanner fanOutPlanner =
      new FanOutPlanner(
          new UuidV7Generator(Fixtures.CLOCK, new SplittableRandom(1)), Fixtures.CLOCK);
  private final Endpoint canonicalEndpoint =
      endpoint(1, 40, "customer.created", "customer.status.updated");
  private final Endpoint aliasEndpoint = endpoint(2, 40, "customer.status.changed");
  private final ConfigSnapshot config =
      configSnapshot(
          companyConfig(40, canonicalEndpoint, aliasEndpoint),
          companyConfig(41, endpoint(3, 41, "customer.created")));

  @Test
  void each_endpoint_gets_its_subscribed_events_under_the_subscribed_name() {
    Plan plan =
        planned(
                publishRequest(
                    publishedEvent(40, STATUS_UPDATED, 1), publishedEvent(40, CUSTOMER_CREATED, 1)))
            .plan();
    assertThat(deliveriesOf(plan, 1).map(NewDelivery::eventName))
        .containsExactly("customer.status.updated", "customer.created");
    assertThat(deliveriesOf(plan, 2).map(NewDelivery::eventName))
        .containsExactly("customer.status.changed");
    assertThat(deliveriesOf(plan, 3)).isEmpty();
  }

  @Test
  void items_of_one_operation_are_grouped_across_published_events_in_order() {
    Planned planned =
        planned(
            publishRequest(
                publishedEvent(40, CUSTOMER_CREATED, "import-1", 60),
                publishedEvent(40, STATUS_UPDATED, "import-1", 2),
                publishedEvent(40, CUSTOMER_CREATED, "import-1", 60)));
    assertThat(planned.plan().events().stream().map(event -> event.event().itemCount()))
        .containsExactly(100, 20, 1, 1);
    assertThat(planned.receipts().get(0).ids()).hasSize(1);
    assertThat(planned.receipts().get(1).ids()).hasSize(2);
    assertThat(planned.receipts().get(2).ids()).hasSize(2);
    assertThat(planned.receipts().get(2).ids().getFirst())
        .isEqualTo(planned.receipts().get(0).ids().getFirst());
  }

  @Test
  void items_of_other_operations_or_companies_are_not_grouped() {
    Plan plan =
        planned(
                publishRequest(
                    publishedEvent(40, CUSTOMER_CREATED, "a", 2),
                    publishedEvent(40, CUSTOMER_CREATED, "b", 2),
                    publishedEvent(41, CUSTOMER_CREATED, "a", 2),
                    publishedEvent(40, CUSTOMER_CREATED, 2),
                    publishedEvent(40, CUSTOMER_CREATED, 2)))
            .plan();
    assertThat(plan.events().stream().map(event -> event.event().itemCount()))
        .containsExactly(2, 2, 2, 2, 2);
  }

  @Test
  void grouped_event_has_the_time_of_its_latest_item() {
    PublishedEvent early = eventAt(NOW.minusSeconds(9));
    PublishedEvent late = eventAt(NOW.plusSeconds(9));
    Plan plan = planned(publishRequest(late, early)).plan();
    assertThat(plan.events().getFirst().event().occurredAt()).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void deliveries_of_disabled_companies_and_paused_endpoints_are_skipped() {
    CompanyConfig off =
        new CompanyConfig(
            new Company(42, "Off", false), List.of(endpoint(4, 42, STATUS_UPDATED.name())));
    CompanyConfig on = companyConfig(43, endpoint(5, 43, STATUS_UPDATED.name()).withPaused(true));
    ConfigSnapshot blocked = configSnapshot(off, on);
    Planned planned =
        planned(
            publishRequest(
                publishedEvent(42, STATUS_UPDATED, 1), publishedEvent(43, STATUS_UPDATED, 1)),
            blocked);
    assertThat(planned.plan().deliveries().stream().map(NewDelivery::skipReason))
        .containsExactly(SkipReason.WEBHOOKS_OFF, SkipReason.ENDPOINT_PAUSED);
    assertThat(planned.plan().deliveries()).noneMatch(NewDelivery::owned);
    assertThat(planned.receipts())
        .allMatch(receipt -> receipt.skipped() == 1 && receipt.deliveries() == 0);
  }

  @Test
  void deliveries_are_owned_unless_their_secret_is_unreadable() {
    Endpoint unreadable = aliasEndpoint.withSecrets(SigningSecrets.UNREADABLE);
    Plan plan =
        planned(
                publishRequest(publishedEvent(40, STATUS_UPDATED, 1)),
                configSnapshot(companyConfig(40, canonicalEndpoint, unreadable)))
            .plan();
    assertThat(deliveriesOf(plan, 1)).allMatch(NewDelivery::owned);
    assertThat(deliveriesOf(plan, 2)).noneMatch(NewDelivery::owned);
  }

  @Test
  void an_unknown_company_rejects_the_whole_request() {
    assertThat(
            plan(
                publishRequest(
                    publishedEvent(40, STATUS_UPDATED, 1), publishedEvent(99, STATUS_UPDATED, 1)),
                Map.of()))
        .isEqualTo(new Refused(new Rejected(List.of(new Rejection(1, Reason.UNKNOWN_COMPANY)))));
  }

  @Test
  void request_with_too_many_deliveries_is_refused() {
    Endpoint[] endpoints = new Endpoint[50];
    for (int i = 0; i < endpoints.length; i++) {
      endpoints[i] = endpoint(100 + i, 40, STATUS_UPDATED.name());
    }
    PlanResult planResult =
        fanOutPlanner.plan(
            publishRequest(publishedEvent(40, STATUS_UPDATED, 401)),
            configSnapshot(companyConfig(40, endpoints)),
            Map.of());
    assertThat(planResult)
        .isEqualTo(
            new Refused(new Rejected(List.of(new Rejection(-1, Reason.TOO_MANY_DELIVERIES)))));
  }

  @Test
  void known_idempotency_key_returns_its_receipt_and_the_rest_is_accepted() {
    Receipt first = new Receipt(List.of(Fixtures.id(77)), 40, STATUS_UPDATED.name(), 2, 0);
    Planned planned =
        (Planned)
            plan(
                publishRequest(eventWithKey("k", 1), publishedEvent(40, STATUS_UPDATED, 1)),
                Map.of(key("k"), new StoredResponse(new byte[] {1}, List.of(first))));
    assertThat(planned.receipts().getFirst()).isEqualTo(first);
    assertThat(planned.plan().events()).hasSize(1);
    assertThat(planned.plan().storedResponses()).isEmpty();
  }

  @Test
  void idempotency_key_with_other_content_conflicts() {
    var storedResponses = Map.of(key("k"), new StoredResponse(new byte[] {1}, List.of()));
    assertThat(
            plan(
                publishRequest(publishedEvent(40, STATUS_UPDATED, 1), eventWithKey("k", 2)),
                storedResponses))
        .isEqualTo(new Refused(new Conflict(1)));
    assertThat(plan(publishRequest(eventWithKey("n", 1), eventWithKey("n", 2)), Map.of()))
        .isEqualTo(new Refused(new Conflict(1)));
  }

  @Test
  void same_idempotency_key_twice_in_a_request_makes_one_event() {
    Planned planned = planned(publishRequest(eventWithKey("n", 1), eventWithKey("n", 1)));
    assertThat(planned.plan().events()).hasSize(1);
    assertThat(planned.receipts().get(1)).isEqualTo(planned.receipts().get(0));
    assertThat(planned.plan().storedResponses()).containsOnlyKeys(key("n"));
  }

  @Test
  void repeated_request_returns_all_its_receipts() {
    Receipt first = new Receipt(List.of(Fixtures.id(77)), 40, STATUS_UPDATED.name(), 2, 0);
    var storedResponses = Map.of(key("r"), new StoredResponse(new byte[] {1}, List.of(first)));
    var events = List.of(publishedEvent(40, STATUS_UPDATED, 1));
    assertThat(plan(new PublishRequest(events, idempotentRequest("r", 1)), storedResponses))
        .isEqualTo(new AlreadyAnswered(List.of(first)));
    assertThat(plan(new PublishRequest(events, idempotentRequest("r", 2)), storedResponses))
        .isEqualTo(new Refused(new Conflict(-1)));
  }

  private static PublishedEvent eventAt(Instant occurred) {
    return new PublishedEvent(
        40, CUSTOMER_CREATED, occurred, "op", List.of(Fixtures.eventItem("{}")), null);
  }

  private static PublishedEvent eventWithKey(String key, int content) {
    return new PublishedEvent(
        40,
        STATUS_UPDATED,
        NOW,
        null,
        List.of(Fixtures.eventItem("{}")),
        idempotentRequest(key, content));
  }

  private static IdempotentRequest idempotentRequest(String key, int content) {
    return new IdempotentRequest(key(key), new byte[] {(byte) content});
  }

  private static IdempotencyKey key(String key) {
    return new IdempotencyKey("company:40", key);
  }

  private PlanResult plan(
      PublishRequest request, Map<IdempotencyKey, StoredResponse> storedResponses) {
    return fanOutPlanner.plan(request, config, storedResponses);
  }

  private Planned planned(PublishRequest request) {
    return planned(request, config);
  }

  private Planned planned(PublishRequest request, ConfigSnapshot snapshot) {
    return (Planned) fanOutPlanner.plan(request, snapshot, Map.of());
  }
}
