package com.poolbrain.webhooks.engine;

import static com.poolbrain.webhooks.engine.Given.CREATED;
import static com.poolbrain.webhooks.engine.Given.NOW;
import static com.poolbrain.webhooks.engine.Given.STATUS;
import static com.poolbrain.webhooks.engine.Given.company;
import static com.poolbrain.webhooks.engine.Given.deliveriesOf;
import static com.poolbrain.webhooks.engine.Given.directory;
import static com.poolbrain.webhooks.engine.Given.endpoint;
import static com.poolbrain.webhooks.engine.Given.part;
import static com.poolbrain.webhooks.engine.Given.paused;
import static com.poolbrain.webhooks.engine.Given.submission;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Acceptance.Conflict;
import com.poolbrain.webhooks.engine.Acceptance.Rejected;
import com.poolbrain.webhooks.engine.Acceptance.Rejection;
import com.poolbrain.webhooks.engine.Acceptance.Why;
import com.poolbrain.webhooks.engine.Planning.Answered;
import com.poolbrain.webhooks.engine.Planning.Planned;
import com.poolbrain.webhooks.engine.Planning.Refused;
import com.poolbrain.webhooks.engine.Submission.Repeatable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private final Planner planner =
      new Planner(new Ids(Given.CLOCK, new SplittableRandom(1)), Given.CLOCK);
  private final Endpoint all = endpoint(1, 40, "customer.created", "customer.status.updated");
  private final Endpoint alias = endpoint(2, 40, "customer.status.changed");
  private final Directory directory =
      directory(company(40, all, alias), company(41, endpoint(3, 41, "customer.created")));

  @Test
  void each_endpoint_gets_just_what_it_ticked_under_the_name_it_ticked() {
    Plan plan = planned(submission(part(40, STATUS, 1), part(40, CREATED, 1))).plan();
    assertThat(deliveriesOf(plan, 1).map(NewDelivery::name))
        .containsExactly("customer.status.updated", "customer.created");
    assertThat(deliveriesOf(plan, 2).map(NewDelivery::name))
        .containsExactly("customer.status.changed");
    assertThat(deliveriesOf(plan, 3)).isEmpty();
  }

  @Test
  void items_of_one_operation_are_grouped_over_objects_in_their_order() {
    Planned planned =
        planned(
            submission(
                part(40, CREATED, "import-1", 60),
                part(40, STATUS, "import-1", 2),
                part(40, CREATED, "import-1", 60)));
    assertThat(planned.plan().events().stream().map(it -> it.event().items()))
        .containsExactly(100, 20, 1, 1);
    assertThat(planned.receipts().get(0).ids()).hasSize(1);
    assertThat(planned.receipts().get(1).ids()).hasSize(2);
    assertThat(planned.receipts().get(2).ids()).hasSize(2);
    assertThat(planned.receipts().get(2).ids().getFirst())
        .isEqualTo(planned.receipts().get(0).ids().getFirst());
  }

  @Test
  void other_operations_other_companies_and_no_operation_stay_apart() {
    Plan plan =
        planned(
                submission(
                    part(40, CREATED, "a", 2),
                    part(40, CREATED, "b", 2),
                    part(41, CREATED, "a", 2),
                    part(40, CREATED, 2),
                    part(40, CREATED, 2)))
            .plan();
    assertThat(plan.events().stream().map(it -> it.event().items())).containsExactly(2, 2, 2, 2, 2);
  }

  @Test
  void a_group_bears_the_time_of_its_latest_item() {
    Part early = at(NOW.minusSeconds(9));
    Part late = at(NOW.plusSeconds(9));
    Plan plan = planned(submission(late, early)).plan();
    assertThat(plan.events().getFirst().event().occurredAt()).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void what_is_off_or_paused_is_recorded_as_skipped() {
    Subscriptions off =
        new Subscriptions(new Company(42, "Off", false), List.of(endpoint(4, 42, STATUS.name())));
    Subscriptions on = company(43, paused(endpoint(5, 43, STATUS.name())));
    Directory closed = directory(off, on);
    Planned planned =
        planned(submission(part(42, STATUS, 1), part(43, STATUS, 1)), closed, (_, _, _) -> true);
    assertThat(planned.plan().deliveries().stream().map(NewDelivery::skip))
        .containsExactly(SkipReason.WEBHOOKS_OFF, SkipReason.ENDPOINT_PAUSED);
    assertThat(planned.plan().deliveries()).noneMatch(NewDelivery::owned);
    assertThat(planned.receipts()).allMatch(it -> it.skipped() == 1 && it.deliveries() == 0);
  }

  @Test
  void only_what_finds_room_in_memory_is_owned_from_birth() {
    Plan plan =
        planned(
                submission(part(40, STATUS, 1)),
                directory,
                (_, endpoint, _) -> endpoint.equals(Given.id(2)))
            .plan();
    assertThat(deliveriesOf(plan, 1)).noneMatch(NewDelivery::owned);
    assertThat(deliveriesOf(plan, 2)).allMatch(NewDelivery::owned);
  }

  @Test
  void an_unknown_company_rejects_the_whole_request() {
    assertThat(plan(submission(part(40, STATUS, 1), part(99, STATUS, 1)), Map.of()))
        .isEqualTo(new Refused(new Rejected(List.of(new Rejection(1, Why.UNKNOWN_COMPANY)))));
  }

  @Test
  void more_deliveries_than_a_request_may_make_keep_no_place_in_memory() {
    Endpoint[] endpoints = new Endpoint[50];
    for (int i = 0; i < endpoints.length; i++) {
      endpoints[i] = endpoint(100 + i, 40, STATUS.name());
    }
    Planning planning =
        planner.plan(
            submission(part(40, STATUS, 401)),
            directory(company(40, endpoints)),
            Map.of(),
            (_, _, _) -> {
              throw new AssertionError("a place was kept");
            });
    assertThat(planning)
        .isEqualTo(new Refused(new Rejected(List.of(new Rejection(-1, Why.TOO_MANY_DELIVERIES)))));
  }

  @Test
  void a_known_key_gets_its_first_answer_and_the_rest_is_accepted() {
    Receipt first = new Receipt(List.of(Given.id(77)), 40, STATUS.name(), 2, 0);
    Planned planned =
        (Planned)
            plan(
                submission(keyed("k", 1), part(40, STATUS, 1)),
                Map.of(key("k"), new Remembered(new byte[] {1}, List.of(first))));
    assertThat(planned.receipts().getFirst()).isEqualTo(first);
    assertThat(planned.plan().events()).hasSize(1);
    assertThat(planned.plan().remember()).isEmpty();
  }

  @Test
  void a_key_with_other_content_conflicts() {
    var known = Map.of(key("k"), new Remembered(new byte[] {1}, List.of()));
    assertThat(plan(submission(part(40, STATUS, 1), keyed("k", 2)), known))
        .isEqualTo(new Refused(new Conflict(1)));
    assertThat(plan(submission(keyed("n", 1), keyed("n", 2)), Map.of()))
        .isEqualTo(new Refused(new Conflict(1)));
  }

  @Test
  void a_key_twice_in_one_request_makes_one_event() {
    Planned planned = planned(submission(keyed("n", 1), keyed("n", 1)));
    assertThat(planned.plan().events()).hasSize(1);
    assertThat(planned.receipts().get(1)).isEqualTo(planned.receipts().get(0));
    assertThat(planned.plan().remember()).containsOnlyKeys(key("n"));
  }

  @Test
  void a_repeated_request_gets_its_first_answer_whole() {
    Receipt first = new Receipt(List.of(Given.id(77)), 40, STATUS.name(), 2, 0);
    var known = Map.of(key("r"), new Remembered(new byte[] {1}, List.of(first)));
    var parts = List.of(part(40, STATUS, 1));
    assertThat(plan(new Submission(parts, repeatable("r", 1)), known))
        .isEqualTo(new Answered(List.of(first)));
    assertThat(plan(new Submission(parts, repeatable("r", 2)), known))
        .isEqualTo(new Refused(new Conflict(-1)));
  }

  private static Part at(Instant occurred) {
    return new Part(40, CREATED, occurred, "op", List.of(Given.item("{}")), null);
  }

  private static Part keyed(String key, int content) {
    return new Part(40, STATUS, NOW, null, List.of(Given.item("{}")), repeatable(key, content));
  }

  private static Repeatable repeatable(String key, int content) {
    return new Repeatable(key(key), new byte[] {(byte) content});
  }

  private static IdempotencyKey key(String key) {
    return new IdempotencyKey("company:40", key);
  }

  private Planning plan(Submission submission, Map<IdempotencyKey, Remembered> known) {
    return planner.plan(submission, directory, known, (_, _, _) -> true);
  }

  private Planned planned(Submission submission) {
    return planned(submission, directory, (_, _, _) -> true);
  }

  private Planned planned(Submission submission, Directory with, Admission admission) {
    return (Planned) planner.plan(submission, with, Map.of(), admission);
  }
}
