package com.poolbrain.webhooks.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.engine.Fixtures;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted.RestartedDelivery;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatisticsRecorderTest {

  private static final Endpoint ENDPOINT = Fixtures.endpoint(1, 40, "customer.status.updated");
  private static final Outcome OK = new Outcome.Delivered(new EndpointResponse(200, ""));
  private static final Outcome ERROR =
      new Outcome.Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(503, ""), null);

  private final StatisticsRecorder recorder = new StatisticsRecorder(3);

  private void record(long delivery, Trigger trigger, Outcome outcome, DeliveryStatus... statuses) {
    record(delivery, trigger, outcome, false, statuses);
  }

  private void record(
      long delivery, Trigger trigger, Outcome outcome, boolean test, DeliveryStatus... statuses) {
    Verdict verdict =
        trigger == Trigger.MANUAL
            ? outcome instanceof Outcome.Delivered ? new Verdict.Done() : new Verdict.Unchanged()
            : outcome instanceof Outcome.Delivered ? new Verdict.Done() : new Verdict.GiveUp();
    Attempt attempt =
        new Attempt(Fixtures.id(delivery), trigger, Fixtures.NOW, Duration.ofMillis(70), outcome);
    recorder.onDeliveryRecorded(
        new DeliveryRecorded(
            new Sent(Fixtures.claim(delivery, ENDPOINT), attempt, verdict),
            new RecordedResult(Fixtures.id(delivery), 1, statuses[0], statuses[1], false, test)));
  }

  private static int sum(
      Map<CountKey, Counts> counts, java.util.function.ToIntFunction<Counts> count) {
    return counts.values().stream().mapToInt(count).sum();
  }

  @Test
  void outcome_that_changes_moves_from_one_count_to_the_other() {
    record(1, Trigger.AUTOMATIC, ERROR, DeliveryStatus.PENDING, DeliveryStatus.PERMANENTLY_FAILED);
    record(1, Trigger.MANUAL, OK, DeliveryStatus.PERMANENTLY_FAILED, DeliveryStatus.DELIVERED);

    Map<CountKey, Counts> counts = recorder.take().counts();
    assertThat(sum(counts, Counts::permanentlyFailed)).isZero();
    assertThat(sum(counts, Counts::delivered)).isEqualTo(1);
    assertThat(sum(counts, Counts::attempts)).isEqualTo(2);
    assertThat(sum(counts, Counts::failedAttempts)).isEqualTo(1);
    assertThat(counts.keySet()).extracting(CountKey::result).containsOnly("503", "200", "");
  }

  @Test
  void delivery_that_is_opened_again_no_longer_counts_as_failed() {
    record(1, Trigger.AUTOMATIC, ERROR, DeliveryStatus.PENDING, DeliveryStatus.PERMANENTLY_FAILED);
    recorder.onDeliveriesRestarted(
        new DeliveriesRestarted(
            40,
            ENDPOINT.id(),
            List.of(
                new RestartedDelivery(
                    Fixtures.id(1), "customer.status.updated", DeliveryStatus.PERMANENTLY_FAILED),
                new RestartedDelivery(Fixtures.id(2), "customer.status.updated", null))));

    assertThat(sum(recorder.take().counts(), Counts::permanentlyFailed)).isZero();
  }

  @Test
  void test_send_does_not_count_even_if_it_is_redelivered() {
    record(
        1, Trigger.MANUAL, OK, true, DeliveryStatus.PERMANENTLY_FAILED, DeliveryStatus.DELIVERED);

    assertThat(recorder.take()).isEqualTo(new StatisticsRecorder.Taken(Map.of(), Map.of()));
  }

  @Test
  void certificate_of_the_latest_handshake_is_noted_of_test_sends_too() {
    ShownCertificate former = new ShownCertificate(Fixtures.NOW.plusSeconds(900), Fixtures.NOW);
    ShownCertificate renewed =
        new ShownCertificate(Fixtures.NOW.plusSeconds(90), Fixtures.NOW.plusSeconds(1));
    recordCertificate(false, renewed);
    recordCertificate(false, former);
    assertThat(recordedActivity().certificate()).isEqualTo(renewed);

    recordCertificate(true, former);
    StatisticsRecorder.Taken taken = recorder.take();
    assertThat(taken.counts()).isEmpty();
    assertThat(taken.activity())
        .containsExactly(
            Map.entry(
                ENDPOINT.id(), new EndpointActivity(40, List.of(), null, former, null, null)));
  }

  private void recordCertificate(boolean test, ShownCertificate certificate) {
    Attempt attempt =
        new Attempt(Fixtures.id(1), Trigger.TEST, Fixtures.NOW, Duration.ofMillis(70), OK);
    recorder.onDeliveryRecorded(
        new DeliveryRecorded(
            new Sent(Fixtures.claim(1, ENDPOINT), attempt, new Verdict.Done(), certificate),
            new RecordedResult(
                Fixtures.id(1), 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, false, test)));
  }

  private EndpointActivity recordedActivity() {
    return Objects.requireNonNull(recorder.take().activity().get(ENDPOINT.id()));
  }

  @Test
  void failure_of_the_proxy_counts_as_attempt_but_not_for_the_health() {
    record(
        1,
        Trigger.AUTOMATIC,
        new Outcome.Failed(ErrorClass.PROXY),
        DeliveryStatus.PENDING,
        DeliveryStatus.PERMANENTLY_FAILED);

    StatisticsRecorder.Taken taken = recorder.take();
    assertThat(taken.activity()).isEmpty();
    assertThat(taken.counts().keySet()).extracting(CountKey::result).containsExactly("proxy");
  }

  @Test
  void activity_has_the_latest_ten_attempts() {
    for (int i = 0; i < 25; i++) {
      record(
          i,
          Trigger.AUTOMATIC,
          i == 15 ? ERROR : OK,
          DeliveryStatus.PENDING,
          DeliveryStatus.DELIVERED);
    }

    EndpointActivity activity = recordedActivity();
    assertThat(activity.latest())
        .hasSize(10)
        .extracting(HealthSample::succeeded)
        .containsOnlyOnce(false);
    assertThat(activity.lastDeliveryAt()).isEqualTo(Fixtures.NOW.plusMillis(70));
  }

  @Test
  void activity_has_the_first_permanent_failure_and_the_latest_failure() {
    DeliveryStatus failed = DeliveryStatus.PERMANENTLY_FAILED;
    record(1, Trigger.MANUAL, ERROR, failed, failed);
    record(2, Trigger.AUTOMATIC, ERROR, DeliveryStatus.RETRYING, failed);
    record(3, Trigger.AUTOMATIC, ERROR, DeliveryStatus.RETRYING, failed);

    EndpointActivity activity =
        Objects.requireNonNull(recorder.take().activity().get(ENDPOINT.id()));
    assertThat(activity.permanentFailure())
        .as("a manual attempt at a failed delivery is no new one")
        .isEqualTo(new FailedAttempt(Fixtures.id(2), ErrorClass.SERVER_ERROR, 503));
    assertThat(activity.lastFailure())
        .isEqualTo(new FailedAttempt(Fixtures.id(3), ErrorClass.SERVER_ERROR, 503));
  }

  @Test
  void memory_is_bounded_and_what_is_dropped_is_counted() {
    for (int endpoint = 0; endpoint < 5; endpoint++) {
      recorder.onDeliveriesSkipped(
          new DeliveriesSkipped(
              40,
              Fixtures.id(endpoint),
              SkipReason.WEBHOOKS_OFF,
              List.of(new SkippedDelivery(Fixtures.id(1), "customer.created"))));
    }
    assertThat(recorder.dropped()).isEqualTo(2);
    assertThat(recorder.take().counts()).hasSize(3);
  }
}
