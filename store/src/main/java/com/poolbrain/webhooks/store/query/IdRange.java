package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/// The range of some ids. A statement that has it as a condition, beside the ids themselves, is
/// planned for the partitions of the range only.
record IdRange(UUID first, UUID last) {

  /// An event and its deliveries get their ids within seconds.
  private static final Duration EVENT_DISTANCE = Duration.ofDays(1);

  private static final Instant MAX_TIME = Instant.ofEpochMilli(0xFFFF_FFFF_FFFFL);

  /// The range of ids, of which there is at least one.
  static IdRange of(Collection<UUID> ids) {
    return new IdRange(Collections.min(ids, UuidV7.ORDER), Collections.max(ids, UuidV7.ORDER));
  }

  /// Binds `first` and `last`.
  Query bind(Query query) {
    return query.bind("first", first).bind("last", last);
  }

  /// The range of the events of deliveries in this range.
  IdRange ofEvents() {
    Instant earliest = UuidV7.instantOf(first).minus(EVENT_DISTANCE);
    Instant latest = UuidV7.instantOf(last).plus(EVENT_DISTANCE);
    return new IdRange(
        UuidV7.lowerBound(earliest.isBefore(Instant.EPOCH) ? Instant.EPOCH : earliest),
        latest.isAfter(MAX_TIME) ? new UUID(-1, -1) : UuidV7.lowerBound(latest));
  }
}
