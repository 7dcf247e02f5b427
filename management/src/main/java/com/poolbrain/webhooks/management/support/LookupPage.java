package com.poolbrain.webhooks.management.support;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One page of events that support looked for, newest first. It may have few events or none
/// although there are more, because the work for one page is limited.
///
/// @param next where the next page begins; null if this is the last one
public record LookupPage(List<EventTimeline> events, @Nullable UUID next) {

  public LookupPage {
    events = List.copyOf(events);
  }

  /// Down to which time of acceptance every match is on this page or an earlier one; null if this
  /// is the last page.
  public @Nullable Instant searchedBackTo() {
    return next == null ? null : UuidV7.instantOf(next);
  }
}
