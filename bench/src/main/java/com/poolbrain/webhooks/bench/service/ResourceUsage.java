package com.poolbrain.webhooks.bench.service;

import org.jspecify.annotations.Nullable;

/// What a run used in all. What can't be known is null.
///
/// @param serviceMicros CPU of the service
/// @param postgresMicros CPU of PostgreSQL
/// @param benchMicros CPU of generator and receiver
/// @param wal of PostgreSQL
/// @param maxRssBytes most memory of the service
public record ResourceUsage(
    @Nullable Long serviceMicros,
    @Nullable Long postgresMicros,
    long benchMicros,
    @Nullable Wal wal,
    @Nullable Long maxRssBytes) {

  /// The write-ahead log of PostgreSQL.
  ///
  /// @param syncs times that it was forced to disk
  public record Wal(long bytes, long syncs) {}
}
