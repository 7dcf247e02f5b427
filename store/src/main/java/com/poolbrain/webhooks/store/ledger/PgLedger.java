package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelOutcome;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import com.poolbrain.webhooks.store.config.ConfigReader;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The ledger in PostgreSQL.
///
/// ```java
/// Ledger ledger = new PgLedger(database, configReader);
/// ledger.registerNode(incarnation, lease);
/// ```
public final class PgLedger implements Ledger {

  private final NodeLeases nodeLeases;
  private final IdempotencyStore idempotencyStore;
  private final EventInserter eventInserter;
  private final DueClaims dueClaims;
  private final ResultRecorder resultRecorder;
  private final SkipStatements skipStatements;
  private final ManualStatements manualStatements;

  public PgLedger(Database database, ConfigReader configReader) {
    Transactions transactions = database.ledgerTransactions();
    nodeLeases = new NodeLeases(database.controlTransactions(), configReader);
    idempotencyStore = new IdempotencyStore(transactions);
    eventInserter = new EventInserter(transactions, idempotencyStore);
    dueClaims = new DueClaims(transactions);
    resultRecorder = new ResultRecorder(transactions);
    skipStatements = new SkipStatements(transactions);
    manualStatements = new ManualStatements(transactions);
  }

  @Override
  public void registerNode(UUID incarnation, Duration lease) {
    nodeLeases.registerNode(incarnation, lease);
  }

  @Override
  public LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownVersion) {
    return nodeLeases.renewLease(incarnation, lease, knownVersion);
  }

  @Override
  public int expireDeadNodes(UUID incarnation) {
    return nodeLeases.expireDeadNodes(incarnation);
  }

  /// Expires all other nodes, even if their lease is valid, and releases their deliveries. For a
  /// database that only this process uses.
  ///
  /// @return how many deliveries were released
  public int expireAllOthers(UUID incarnation) {
    return nodeLeases.expireAllOthers(incarnation);
  }

  @Override
  public void deregisterNode(UUID incarnation) {
    nodeLeases.deregisterNode(incarnation);
  }

  @Override
  public Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys) {
    return idempotencyStore.findStoredResponses(keys);
  }

  @Override
  public StoreResult store(UUID incarnation, long version, List<Plan> plans) {
    return eventInserter.store(incarnation, version, plans);
  }

  @Override
  public List<UnownedBacklog> unownedBacklogs() {
    return dueClaims.unownedBacklogs();
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<ClaimRequest> requests) {
    return dueClaims.claim(incarnation, requests);
  }

  @Override
  public List<RecordedResult> recordResults(UUID incarnation, List<AttemptResult> results) {
    return resultRecorder.record(incarnation, results);
  }

  @Override
  public Optional<List<SkippedDelivery>> skipUnowned(
      long version, UUID endpointId, SkipReason reason, List<String> keptEventNames, int limit) {
    return skipStatements.skip(version, endpointId, reason, keptEventNames, limit);
  }

  @Override
  public ReopenResult reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return manualStatements.reopen(incarnation, new DeliveryKey(companyId, deliveryId));
  }

  @Override
  public CancelOutcome cancel(long companyId, UUID deliveryId) {
    return manualStatements.cancel(new DeliveryKey(companyId, deliveryId));
  }
}
