package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Durable storage of events, deliveries, attempts and node leases. It decides nothing.
///
/// Each call is one transaction. When it returns, its effect is durable. When it throws a
/// [LedgerException], the kind of exception says what is known about the effect.
///
/// An incarnation is one run of a node under one lease. An incarnation owns deliveries: only the
/// owner of an open delivery starts its attempts. A delivery without an owner waits to be claimed.
public interface Ledger {

  /// Registers an incarnation, whose lease must be renewed within `lease`.
  void registerNode(UUID incarnation, Duration lease);

  /// Renews the lease of an incarnation, and reads what changed meanwhile.
  ///
  /// @param knownConfigVersion the configuration version that the caller holds; -1 for none
  LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownConfigVersion);

  /// Declares every other node dead whose lease has ended, and frees its deliveries. From then on
  /// nothing that a dead incarnation tries to store is stored.
  ///
  /// @return number of deliveries freed
  int expireDeadNodes(UUID incarnation);

  /// Ends an incarnation and frees its deliveries. Ending it twice is harmless.
  void deregisterNode(UUID incarnation);

  /// The responses to publishes with these keys within the last 24 hours. The map has no entry for
  /// an unknown key.
  Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys);

  /// Stores all of these plans, or none. Their events can be searched by their refs. Without plans
  /// it only checks whether this incarnation could store.
  ///
  /// @param configVersion the configuration version that the plans were made from
  StoreResult store(UUID incarnation, long configVersion, List<Plan> plans);

  /// The endpoints that have deliveries without an owner, each with the time at which the first is
  /// due, which may lie ahead.
  List<UnownedBacklog> unownedBacklogs();

  /// Makes the caller the owner of deliveries that are due and have no owner: for each request
  /// those that are due longest. Never waits for rows that another node is claiming.
  List<Claim> claim(UUID incarnation, List<ClaimRequest> requests);

  /// Records results. Recording the same attempt twice is harmless.
  ///
  /// If the caller no longer owns a delivery, a success still makes it delivered, and a failure is
  /// recorded as late and changes nothing.
  ///
  /// @return one for each result, in their order
  List<RecordedResult> recordResults(UUID incarnation, List<AttemptResult> results);

  /// Skips deliveries of an endpoint that have no owner and whose next attempt is automatic.
  ///
  /// @param keptEventNames event names whose deliveries stay open
  /// @return the skipped deliveries, at most `limit`; empty if the configuration version is no
  ///   longer `configVersion`, in which case nothing changes
  Optional<List<SkippedDelivery>> skipUnowned(
      long configVersion,
      UUID endpointId,
      SkipReason reason,
      List<String> keptEventNames,
      int limit);

  /// Opens a delivery for one manual attempt and makes the caller its owner.
  ReopenResult reopen(UUID incarnation, long companyId, UUID deliveryId);

  /// Skips a delivery without an owner as cancelled.
  CancelOutcome cancel(long companyId, UUID deliveryId);
}
