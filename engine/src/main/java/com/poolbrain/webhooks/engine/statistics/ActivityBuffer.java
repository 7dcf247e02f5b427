package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.Health;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest attempts of an endpoint. Guarded by the lock of [StatisticsRecorder].
final class ActivityBuffer {

  private final long companyId;
  private final Instant[] startedAt = new Instant[Health.ATTEMPT_WINDOW];
  private final Duration[] duration = new Duration[Health.ATTEMPT_WINDOW];
  private final boolean[] succeeded = new boolean[Health.ATTEMPT_WINDOW];
  private int added;
  private @Nullable Instant lastDeliveryAt;
  private @Nullable ShownCertificate certificate;
  private @Nullable FailedAttempt lastFailure;
  private @Nullable FailedAttempt permanentFailure;

  ActivityBuffer(long companyId) {
    this.companyId = companyId;
  }

  /// Adds an attempt that counts.
  void add(Attempt attempt) {
    int index = added++ % Health.ATTEMPT_WINDOW;
    startedAt[index] = attempt.startedAt();
    duration[index] = attempt.duration();
    succeeded[index] = attempt.outcome() instanceof Outcome.Delivered;
    if (succeeded[index]) {
      deliveredAt(attempt.endedAt());
    }
  }

  private void deliveredAt(Instant time) {
    if (lastDeliveryAt == null || time.isAfter(lastDeliveryAt)) {
      lastDeliveryAt = time;
    }
  }

  void failed(FailedAttempt attempt) {
    lastFailure = attempt;
  }

  /// Keeps the first attempt with which a delivery permanently failed.
  void permanentlyFailed(FailedAttempt attempt) {
    permanentFailure = permanentFailure == null ? attempt : permanentFailure;
  }

  void shown(ShownCertificate shown) {
    certificate = ShownCertificate.later(shown, certificate);
  }

  EndpointActivity toActivity() {
    List<HealthSample> samples = new ArrayList<>(Health.ATTEMPT_WINDOW);
    for (int i = 0; i < Math.min(added, Health.ATTEMPT_WINDOW); i++) {
      samples.add(new HealthSample(startedAt[i].plus(duration[i]), succeeded[i]));
    }
    samples.sort((a, b) -> b.endedAt().compareTo(a.endedAt()));
    return new EndpointActivity(
        companyId, samples, lastDeliveryAt, certificate, lastFailure, permanentFailure);
  }
}
