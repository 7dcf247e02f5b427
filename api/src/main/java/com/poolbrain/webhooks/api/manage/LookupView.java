package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.poolbrain.webhooks.api.manage.DeliveryView.AttemptView;
import com.poolbrain.webhooks.management.support.EventTimeline;
import com.poolbrain.webhooks.management.support.EventTimeline.EndpointTimeline;
import com.poolbrain.webhooks.management.support.LookupPage;
import com.poolbrain.webhooks.store.query.DeliveryTimeline;
import com.poolbrain.webhooks.store.query.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The answer to a look-up as the API shows it.
record LookupView(
    List<EventView> events,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
    @Nullable Instant searchedBackTo) {

  static LookupView of(LookupPage page, @Nullable String nextCursor) {
    return new LookupView(
        page.events().stream().map(EventView::of).toList(), nextCursor, page.searchedBackTo());
  }

  /// An event with what became of it.
  record EventView(
      UUID id,
      String event,
      long companyId,
      int items,
      Instant occurredAt,
      Instant acceptedAt,
      List<EndpointView> endpoints) {

    static EventView of(EventTimeline timeline) {
      StoredEvent event = timeline.event();
      return new EventView(
          event.id(),
          event.type(),
          event.companyId(),
          event.items(),
          event.occurredAt(),
          event.acceptedAt(),
          timeline.endpoints().stream().map(EndpointView::of).toList());
    }
  }

  /// What became of an event for one endpoint.
  record EndpointView(
      UUID endpointId,
      String url,
      String decision,
      @Nullable String reason,
      @Nullable DeliveryWithAttempts delivery) {

    /// The URL may have tokens.
    @Override
    public String toString() {
      return "EndpointView[" + endpointId + ", " + decision + "]";
    }

    static EndpointView of(EndpointTimeline timeline) {
      return new EndpointView(
          timeline.endpointId(),
          timeline.url(),
          timeline.explanation().decision().wireName(),
          timeline.explanation().reason(),
          DeliveryWithAttempts.of(timeline.delivery()));
    }
  }

  /// A delivery with its attempts.
  record DeliveryWithAttempts(@JsonUnwrapped DeliveryView delivery, List<AttemptView> attempts) {

    static @Nullable DeliveryWithAttempts of(@Nullable DeliveryTimeline timeline) {
      return timeline == null
          ? null
          : new DeliveryWithAttempts(
              DeliveryView.of(timeline.delivery()),
              timeline.attempts().stream().map(AttemptView::of).toList());
    }
  }
}
