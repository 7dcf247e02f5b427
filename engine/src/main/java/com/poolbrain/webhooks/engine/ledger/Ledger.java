package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/// What remembers everything and decides nothing. Each call is one transaction: when it returns,
/// its effect is durable; when it throws a [LedgerException], the kind of exception says what is
/// known.
///
/// An *owner* is an incarnation: one life of one node. Only the owner of an open delivery starts
/// its attempts. A delivery without an owner waits to be claimed.
public interface Ledger {

  /// Begins a life of this node, to be renewed within `lease`.
  void registerNode(UUID incarnation, Duration lease);

  /// Says that this node lives, and learns what it must know to go on.
  ///
  /// @param knownConfigVersion the configuration version that the caller holds; -1 for none
  LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownConfigVersion);

  /// Declares dead every other node whose lease has ended, then frees what they owned. From then on
  /// nothing that a dead incarnation tries to store is stored.
  ///
  /// @return deliveries freed
  int expireDeadNodes(UUID incarnation);

  /// Ends a life: declares this incarnation dead and frees what it owned. Ending twice is harmless.
  void deregisterNode(UUID incarnation);

  /// What was answered to publishes that brought these keys within the last 24 hours. Keys that are
  /// not known are not in the answer.
  Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys);

  /// Stores plans, all or none of them; their events can be found by what they refer to. Without
  /// plans it just says whether they could be.
  ///
  /// @param configVersion the configuration version that the plans were made from
  StoreResult store(UUID incarnation, long configVersion, List<Plan> plans);

  /// The endpoints that have deliveries without an owner, each with the time when its first is due,
  /// which may lie ahead.
  List<UnownedBacklog> unownedBacklogs();

  /// Makes the caller the owner of deliveries that are due and have no owner: of each endpoint the
  /// longest due ones, as many as there is room for. Never waits for rows that another node is
  /// claiming.
  List<Claim> claim(UUID incarnation, List<ClaimRequest> requests);

  /// Records what became of deliveries. Settling the same attempt twice is harmless.
  ///
  /// If the caller no longer owns a delivery, a success makes it delivered all the same, and a
  /// failure is recorded as late and changes nothing.
  ///
  /// @return in the order of `settlements`
  List<RecordedResult> recordResults(UUID incarnation, List<AttemptResult> results);

  /// Ends deliveries of an endpoint that have no owner and that the schedule started, unsent.
  ///
  /// @param keptEventNames names whose deliveries stay
  /// @return how many ended, at most `limit`; empty, and nothing is done, if the configuration is
  ///   no longer the one of `version`
  OptionalInt skipUnowned(
      long configVersion,
      UUID endpointId,
      SkipReason reason,
      List<String> keptEventNames,
      int limit);

  /// Opens a delivery for one manual attempt, owned by the caller.
  ReopenResult reopen(UUID incarnation, long companyId, UUID deliveryId);

  /// Ends a delivery without an owner as cancelled.
  CancelResult cancel(long companyId, UUID deliveryId);
}
