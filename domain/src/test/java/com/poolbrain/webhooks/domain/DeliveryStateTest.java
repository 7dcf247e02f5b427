package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.poolbrain.webhooks.domain.DeliveryState.Ended;
import com.poolbrain.webhooks.domain.DeliveryState.Open;
import com.poolbrain.webhooks.domain.DeliveryState.Reopened;
import com.poolbrain.webhooks.domain.DeliveryState.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryStateTest {

  private static final UUID OWNER = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant ENDED_AT = NOW.plusSeconds(2);
  private static final Instant DUE = NOW.plusSeconds(300);

  private static final Verdict DONE = new Verdict.Done();
  private static final Verdict RETRY = new Verdict.RetryAt(DUE);
  private static final Verdict GIVE_UP = new Verdict.GiveUp();
  private static final Verdict SKIP = new Verdict.Skip(SkipReason.WEBHOOKS_OFF);
  private static final Verdict UNCHANGED = new Verdict.Unchanged();
  private static final List<Verdict> VERDICTS = List.of(DONE, RETRY, GIVE_UP, SKIP, UNCHANGED);

  private static final DeliveryEnd SKIPPED = DeliveryEnd.skipped(SkipReason.WEBHOOKS_OFF);
  private static final DeliveryEnd PAUSED = DeliveryEnd.skipped(SkipReason.ENDPOINT_PAUSED);

  private final DeliveryState open = DeliveryState.accepted(Trigger.AUTOMATIC, NOW, OWNER);

  @Test
  void accepted_delivery_is_pending_and_retrying_after_a_scheduled_failure() {
    assertThat(open.status()).isEqualTo(DeliveryStatus.PENDING);

    Transition first = open.record(OWNER, failed(Trigger.AUTOMATIC), RETRY);

    assertThat(first).isEqualTo(new Transition(open(1, 1, DUE, null), 1, false));
    assertThat(first.state().status()).isEqualTo(DeliveryStatus.RETRYING);
    assertThat(first.state().end()).isNull();
  }

  @Test
  void owned_open_delivery_follows_the_verdict() {
    for (Trigger trigger : Trigger.values()) {
      Attempt failed = failed(trigger);
      int step = trigger == Trigger.AUTOMATIC ? 1 : 0;
      assertThat(open.record(OWNER, failed, GIVE_UP))
          .isEqualTo(
              new Transition(
                  endedAtStep(step, DeliveryEnd.PERMANENTLY_FAILED, 1, ENDED_AT), 1, false));
      assertThat(open.record(OWNER, failed, SKIP))
          .isEqualTo(new Transition(endedAtStep(step, SKIPPED, 1, ENDED_AT), 1, false));
      assertThat(open.record(OWNER, failed, UNCHANGED))
          .isEqualTo(new Transition(open(0, 1, NOW, null), 1, false));
      assertThat(open.record(OWNER, failed, RETRY).state()).isEqualTo(open(step, 1, DUE, null));
      assertThat(open.record(OWNER, delivered(trigger), DONE))
          .isEqualTo(
              new Transition(endedAtStep(step, DeliveryEnd.DELIVERED, 1, ENDED_AT), 1, false));
    }
  }

  @Test
  void ended_delivery_keeps_the_attempts_that_its_schedule_made_since_it_last_began() {
    Ended failed = endedAtStep(4, DeliveryEnd.PERMANENTLY_FAILED, 6, NOW);
    DeliveryState restarted = failed.restarted(DUE);
    assertThat(restarted).isEqualTo(open(0, 6, DUE, null));

    DeliveryState retrying =
        restarted.claimedBy(OWNER).record(OWNER, failed(Trigger.AUTOMATIC), RETRY).state();
    assertThat(retrying.claimedBy(OWNER).record(OWNER, delivered(Trigger.AUTOMATIC), DONE).state())
        .isEqualTo(endedAtStep(2, DeliveryEnd.DELIVERED, 8, ENDED_AT));
    assertThat(retrying.claimedBy(OWNER).record(OWNER, delivered(Trigger.MANUAL), DONE).state())
        .isEqualTo(endedAtStep(1, DeliveryEnd.DELIVERED, 8, ENDED_AT));
    assertThat(retrying.skipped(SkipReason.WEBHOOKS_OFF, NOW))
        .isEqualTo(endedAtStep(1, SKIPPED, 7, NOW));
    assertThat(failed.reopenedBy(OWNER, NOW).record(OWNER, delivered(Trigger.MANUAL), DONE).state())
        .isEqualTo(endedAtStep(4, DeliveryEnd.DELIVERED, 7, ENDED_AT));
  }

  @Test
  void verdict_without_an_attempt_ends_at_the_time_of_the_store() {
    assertThat(open.record(OWNER, null, SKIP))
        .isEqualTo(new Transition(ended(SKIPPED, 0, null), 0, false));
    assertThat(open.record(OWNER, null, DONE).state())
        .isEqualTo(ended(DeliveryEnd.DELIVERED, 0, null));
    assertThat(open.record(OWNER, null, GIVE_UP).state())
        .isEqualTo(ended(DeliveryEnd.PERMANENTLY_FAILED, 0, null));
    assertThat(open.record(OWNER, null, RETRY).state()).isEqualTo(open(0, 0, DUE, null));
    assertThat(open.record(OWNER, null, UNCHANGED).state()).isEqualTo(open(0, 0, NOW, null));
  }

  @Test
  void late_failure_only_counts_the_attempt() {
    Ended ended = ended(SKIPPED, 1, NOW);
    Reopened reopened = new Reopened(ended, NOW, OWNER);
    for (Verdict verdict : VERDICTS) {
      assertThat(open.record(OTHER, failed(Trigger.AUTOMATIC), verdict))
          .isEqualTo(new Transition(open(0, 1, NOW, OWNER), 1, true));
      assertThat(ended.record(OWNER, failed(Trigger.AUTOMATIC), verdict))
          .isEqualTo(new Transition(ended(SKIPPED, 2, NOW), 2, true));
      assertThat(reopened.record(OTHER, failed(Trigger.AUTOMATIC), verdict))
          .isEqualTo(new Transition(new Reopened(ended(SKIPPED, 2, NOW), NOW, OWNER), 2, true));
      for (DeliveryState state : List.of(open, ended, reopened)) {
        assertThat(state.record(OTHER, null, verdict)).isEqualTo(new Transition(state, 0, true));
      }
    }
  }

  @Test
  void late_success_delivers_and_leaves_a_reopened_delivery_to_its_owner() {
    Attempt success = delivered(Trigger.AUTOMATIC);
    Ended delivered = ended(DeliveryEnd.DELIVERED, 2, ENDED_AT);

    assertThat(open.record(OTHER, success, DONE))
        .isEqualTo(new Transition(ended(DeliveryEnd.DELIVERED, 1, ENDED_AT), 1, true));
    assertThat(open(1, 1, NOW, null).record(OTHER, success, DONE).state())
        .isEqualTo(endedAtStep(1, DeliveryEnd.DELIVERED, 2, ENDED_AT));
    for (DeliveryEnd end : List.of(SKIPPED, DeliveryEnd.PERMANENTLY_FAILED)) {
      Ended before = ended(end, 1, NOW);
      assertThat(before.record(OTHER, success, DONE).state()).isEqualTo(delivered);
      assertThat(new Reopened(before, NOW, OWNER).record(OTHER, success, DONE).state())
          .isEqualTo(new Reopened(delivered, NOW, OWNER));
    }
    assertThat(ended(DeliveryEnd.DELIVERED, 1, NOW).record(OTHER, success, DONE).state())
        .isEqualTo(ended(DeliveryEnd.DELIVERED, 2, NOW));
  }

  @Test
  void manual_failure_leaves_the_end_except_that_skipped_becomes_permanently_failed() {
    for (Verdict verdict : List.of(RETRY, GIVE_UP, SKIP, UNCHANGED)) {
      Attempt failed = failed(Trigger.MANUAL);
      for (DeliveryEnd end : List.of(DeliveryEnd.DELIVERED, DeliveryEnd.PERMANENTLY_FAILED)) {
        assertThat(reopened(end).record(OWNER, failed, verdict))
            .isEqualTo(new Transition(ended(end, 2, NOW), 2, false));
      }
      assertThat(reopened(PAUSED).record(OWNER, failed, verdict).state())
          .isEqualTo(ended(DeliveryEnd.PERMANENTLY_FAILED, 2, ENDED_AT));
    }
  }

  @Test
  void manual_success_delivers_and_an_attempt_that_was_not_made_changes_nothing() {
    Attempt success = delivered(Trigger.MANUAL);
    for (DeliveryEnd end : List.of(PAUSED, DeliveryEnd.PERMANENTLY_FAILED)) {
      assertThat(reopened(end).record(OWNER, success, DONE).state())
          .isEqualTo(ended(DeliveryEnd.DELIVERED, 2, ENDED_AT));
      for (Verdict verdict : VERDICTS) {
        assertThat(reopened(end).record(OWNER, null, verdict))
            .isEqualTo(new Transition(ended(end, 1, NOW), 0, false));
      }
    }
    assertThat(reopened(DeliveryEnd.DELIVERED).record(OWNER, success, DONE).state())
        .isEqualTo(ended(DeliveryEnd.DELIVERED, 2, NOW));
  }

  @Test
  void claim_and_release_change_only_the_owner() {
    DeliveryState unowned = open.released();
    assertThat(unowned).isEqualTo(open(0, 0, NOW, null));
    assertThat(unowned.isUnowned()).isTrue();
    assertThat(unowned.claimedBy(OTHER)).isEqualTo(open(0, 0, NOW, OTHER));

    DeliveryState reopened = reopened(PAUSED).released();
    assertThat(reopened.isUnowned()).isTrue();
    assertThat(reopened.claimedBy(OTHER).owner()).isEqualTo(OTHER);
    assertThat(reopened.claimedBy(OTHER).nextTrigger()).isEqualTo(Trigger.MANUAL);
    assertThat(ended(PAUSED, 1, NOW).isUnowned()).isFalse();
  }

  @Test
  void reopening_keeps_the_end_and_claims_what_is_still_open() {
    Ended ended = ended(PAUSED, 1, NOW);
    assertThat(ended.reopenedBy(OWNER, DUE)).isEqualTo(new Reopened(ended, DUE, OWNER));
    assertThat(ended.reopenedBy(OWNER, DUE).status()).isEqualTo(DeliveryStatus.SKIPPED);
    assertThat(open.released().reopenedBy(OTHER, DUE)).isEqualTo(open(0, 0, NOW, OTHER));
  }

  @Test
  void only_an_open_delivery_without_an_owner_can_be_skipped() {
    assertThat(open.released().skipped(SkipReason.WEBHOOKS_OFF, null))
        .isEqualTo(ended(SKIPPED, 0, null));
    for (DeliveryState state :
        List.of(open, reopened(PAUSED), reopened(PAUSED).released(), ended(PAUSED, 1, NOW))) {
      assertThat(state.isSkippable()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> state.skipped(SkipReason.CANCELLED, NOW));
    }
  }

  @Test
  void transitions_that_need_another_owner_are_refused() {
    for (DeliveryState owned : List.of(open, reopened(PAUSED))) {
      assertThatIllegalStateException().isThrownBy(() -> owned.claimedBy(OTHER));
      assertThatIllegalStateException().isThrownBy(() -> owned.reopenedBy(OTHER, NOW));
    }
    Ended ended = ended(PAUSED, 1, NOW);
    assertThatIllegalStateException().isThrownBy(() -> ended.claimedBy(OTHER));
    for (DeliveryState unowned : List.of(open.released(), ended)) {
      assertThatIllegalStateException().isThrownBy(unowned::released);
    }
  }

  @Test
  void blocked_endpoint_skips_a_new_delivery_at_once() {
    assertThat(DeliveryState.skippedOnAcceptance(Trigger.AUTOMATIC, SkipReason.WEBHOOKS_OFF, NOW))
        .isEqualTo(ended(SKIPPED, 0, NOW));
  }

  @Test
  void delivery_whose_day_was_dropped_has_the_status_of_its_verdict_or_is_permanently_failed() {
    assertThat(VERDICTS.stream().map(DeliveryState::statusIfGone))
        .containsExactly(
            DeliveryStatus.DELIVERED,
            DeliveryStatus.PERMANENTLY_FAILED,
            DeliveryStatus.PERMANENTLY_FAILED,
            DeliveryStatus.SKIPPED,
            DeliveryStatus.PERMANENTLY_FAILED);
  }

  private static Open open(int step, int attempts, Instant dueAt, @Nullable UUID owner) {
    return new Open(Trigger.AUTOMATIC, step, attempts, dueAt, owner);
  }

  private static Ended ended(DeliveryEnd end, int attempts, @Nullable Instant at) {
    return endedAtStep(0, end, attempts, at);
  }

  private static Ended endedAtStep(int step, DeliveryEnd end, int attempts, @Nullable Instant at) {
    return new Ended(Trigger.AUTOMATIC, end, step, attempts, at);
  }

  private static DeliveryState reopened(DeliveryEnd end) {
    return new Reopened(ended(end, 1, NOW), NOW, OWNER);
  }

  private static Attempt delivered(Trigger trigger) {
    return attempt(trigger, new Outcome.Delivered(new EndpointResponse(200, "")));
  }

  private static Attempt failed(Trigger trigger) {
    return attempt(trigger, new Outcome.Failed(ErrorClass.SERVER_ERROR));
  }

  private static Attempt attempt(Trigger trigger, Outcome outcome) {
    return new Attempt(new UUID(0, 3), trigger, NOW, Duration.between(NOW, ENDED_AT), outcome);
  }
}
