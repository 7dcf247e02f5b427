package com.poolbrain.webhooks.domain.history;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/// How long events and deliveries are kept: the days (UTC) before today.
public record Retention(int days) {

  /// Whether what has this id was dropped because of its age, if there ever was such a thing.
  public boolean isExpired(UUID id, Instant now) {
    return id.version() == 7
        && dayOf(id).isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(days));
  }

  /// The day (UTC) in an id of version 7.
  public static LocalDate dayOf(UUID id) {
    return LocalDate.ofInstant(UuidV7.instantOf(id), ZoneOffset.UTC);
  }
}
