package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.store.query.LastAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.web.component.PipsView;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.component.TagView;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery in the log.
///
/// @param shortId the end of its id, which differs most
/// @param code status of the last response; null if there was none
/// @param reason error class, or why it was skipped; null for neither
record DeliveryRow(
    String path,
    StatusView status,
    String event,
    List<TagView> tags,
    String id,
    String shortId,
    String host,
    String url,
    Instant occurredAt,
    @Nullable Instant lastAttemptAt,
    @Nullable Integer code,
    @Nullable String reason,
    PipsView pips,
    @Nullable Instant nextAttemptAt,
    @Nullable String duration) {

  private static final int SHORT_ID_LENGTH = 6;

  /// @param maxAttempts of the retry schedule
  static DeliveryRow of(
      LoggedDelivery delivery, EndpointNames endpoints, int maxAttempts, PagePaths paths) {
    LastAttempt last = delivery.lastAttempt();
    String id = delivery.id().toString();
    return new DeliveryRow(
        paths.delivery(delivery.id()),
        StatusWords.of(delivery.status()),
        delivery.eventName(),
        tags(delivery),
        id,
        "…" + id.substring(id.length() - SHORT_ID_LENGTH),
        endpoints.host(delivery.endpointId()),
        endpoints.url(delivery.endpointId()),
        delivery.occurredAt(),
        last == null ? null : last.startedAt(),
        last == null || delivery.skipReason() != null ? null : last.statusCode(),
        reason(delivery),
        pips(delivery, maxAttempts),
        delivery.status() == DeliveryStatus.RETRYING ? delivery.nextAttemptAt() : null,
        last == null ? null : Times.duration(last.duration().toMillis()));
  }

  private static @Nullable String reason(LoggedDelivery delivery) {
    if (delivery.skipReason() != null) {
      return delivery.skipReason().wireName();
    }
    LastAttempt last = delivery.lastAttempt();
    return last == null || last.error() == null ? null : last.error().wireName();
  }

  static List<TagView> tags(LoggedDelivery delivery) {
    List<TagView> tags = new ArrayList<>();
    if (delivery.items() > 1) {
      tags.add(TagView.grouped(delivery.items()));
    }
    if (delivery.isTest()) {
      tags.add(TagView.TEST);
    } else if (delivery.trigger() == Trigger.MANUAL) {
      tags.add(TagView.MANUAL);
    }
    if (delivery.jobId() != null) {
      tags.add(TagView.REPLAY);
    }
    return List.copyOf(tags);
  }

  static PipsView pips(LoggedDelivery delivery, int maxAttempts) {
    LastAttempt last = delivery.lastAttempt();
    boolean isLastGood =
        delivery.status() == DeliveryStatus.DELIVERED
            && last != null
            && last.error() == null
            && last.trigger() != Trigger.MANUAL;
    boolean isNextPlanned =
        switch (delivery.status()) {
          case PENDING, DELIVERING, RETRYING -> true;
          case DELIVERED, PERMANENTLY_FAILED, SKIPPED -> false;
        };
    return delivery.isTest()
        ? PipsView.of(Math.min(1, delivery.attemptCount()), 1, isLastGood, isNextPlanned)
        : PipsView.of(delivery.scheduleStep(), maxAttempts, isLastGood, isNextPlanned);
  }

  /// Path and query of the URL may have tokens.
  @Override
  public String toString() {
    return "DeliveryRow[" + id + "]";
  }
}
