package com.poolbrain.webhooks.bench.service;

import org.jspecify.annotations.Nullable;

/// What a run used in all. What can't be known is null.
///
/// @param serviceMicros CPU of the service
/// @param postgresMicros CPU of PostgreSQL
/// @param benchMicros CPU of generator and receiver
/// @param log of PostgreSQL
/// @param rssMaxBytes most memory of the service
public record Costs(
    @Nullable Long serviceMicros,
    @Nullable Long postgresMicros,
    long benchMicros,
    @Nullable Log log,
    @Nullable Long rssMaxBytes) {

  /// The write-ahead log of PostgreSQL.
  ///
  /// @param syncs times that it was forced to disk
  public record Log(long bytes, long syncs) {}
}
