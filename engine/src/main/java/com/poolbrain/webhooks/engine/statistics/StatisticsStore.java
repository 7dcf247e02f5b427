package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Durable statistics and health. Each call is one transaction or several small ones, and throws a
/// [LedgerException] like a [com.poolbrain.webhooks.engine.ledger.Ledger].
public interface StatisticsStore {

  /// Adds counts. Adding the same batch twice is harmless.
  ///
  /// @param writer the run of a node that counted
  /// @param batch greater than that of every batch of the writer before
  void add(UUID writer, long batch, Map<CountKey, Counts> counts);

  /// Judges the health of endpoints by what a node learned about them, and stores what changed.
  ///
  /// @return the endpoints whose last delivery was not stored, because the stored one is nearly as
  ///   late
  Set<UUID> updateHealth(Map<UUID, EndpointActivity> activity, Instant now);

  /// Folds slots that are older than two days into hours, and deletes hours that are older than the
  /// retention.
  ///
  /// @return whether there may be more to do
  boolean fold(Instant now);
}
