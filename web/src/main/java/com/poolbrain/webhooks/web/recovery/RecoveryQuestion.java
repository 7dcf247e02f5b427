package com.poolbrain.webhooks.web.recovery;

import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.management.job.RecoveryInput;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import com.poolbrain.webhooks.store.recovery.DeliveryJobWork;
import com.poolbrain.webhooks.web.component.QuestionView;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The question before a job: what it does, and to how many deliveries.
///
/// @param input has both ends of its range
/// @param endpoint host, and path if needed
record RecoveryQuestion(RecoveryInput input, UUID endpointId, String endpoint, Times times) {

  /// The question about a count, which is exact up to [DeliveryJobWork#MAX_EXACT_COUNT].
  QuestionView toView(long count, PagePaths paths) {
    boolean isRecovery = input.kind() == JobKind.RECOVER;
    String back = paths.recovery(endpointId);
    if (count == 0) {
      return new QuestionView(
          isRecovery ? "Nothing to recover" : "Nothing to replay",
          List.of(
              isRecovery
                  ? "No delivery to %s that was accepted %s failed permanently."
                      .formatted(endpoint, range())
                  : "Everything for %s that was accepted %s was sent to it."
                      .formatted(endpoint, range())),
          null,
          true,
          "Back",
          back,
          Map.of(),
          back,
          null,
          null);
    }
    String deliveries =
        count >= DeliveryJobWork.MAX_EXACT_COUNT
            ? Numbers.format(count) + " or more deliveries"
            : Numbers.count(count, "delivery", "deliveries");
    return new QuestionView(
        isRecovery ? "Recover failed deliveries?" : "Replay missed deliveries?",
        List.of(
            isRecovery
                ? "%s to %s start the retry schedule anew after they failed permanently."
                    .formatted(deliveries, endpoint)
                : "%s to %s are sent now: those skipped while webhooks were off or the endpoint was paused, and those that were never made."
                    .formatted(deliveries, endpoint),
            "They were accepted %s.".formatted(range()),
            "The job starts %s, after live traffic. Ids and bodies stay the same; the current secret signs."
                .formatted(JobRow.pace(rate())),
            "The job can be cancelled. What it has started stays started."),
        (isRecovery ? "Recover " : "Replay ") + deliveries,
        true,
        "Back",
        paths.of("/recovery/start"),
        fields(),
        back,
        null,
        null);
  }

  private String range() {
    return "from %s to %s".formatted(times.absolute(since()), times.absolute(until()));
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", input.kind().wireName());
    fields.put("endpoint_id", endpointId.toString());
    fields.put("since", DateTimeFormatter.ISO_INSTANT.format(since()));
    fields.put("until", DateTimeFormatter.ISO_INSTANT.format(until()));
    fields.put("rate", Double.toString(rate()));
    return fields;
  }

  private Instant since() {
    return Objects.requireNonNull(input.since());
  }

  private Instant until() {
    return Objects.requireNonNull(input.until());
  }

  private double rate() {
    return Objects.requireNonNullElse(
        input.ratePerSecond(), (double) RecoveryManagement.DEFAULT_RATE_PER_SECOND);
  }
}
