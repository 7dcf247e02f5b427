package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Backlog;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Ledger;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.engine.Renewal;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Room;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
import com.poolbrain.webhooks.store.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/// The ledger that PostgreSQL keeps.
///
/// ```java
/// Ledger ledger = new PgLedger(database.ledger(), subscriptions::changedSince);
/// ledger.begin(incarnation, lease);
/// ```
public final class PgLedger implements Ledger {

  private final Nodes nodes;
  private final Remembering remembering;
  private final Accepting accepting;
  private final Claiming claiming;
  private final Settling settling;
  private final Sweeping sweeping;
  private final ByHand byHand;

  public PgLedger(Transactions transactions, Configuration configuration) {
    nodes = new Nodes(transactions, configuration);
    remembering = new Remembering(transactions);
    accepting = new Accepting(transactions, remembering);
    claiming = new Claiming(transactions);
    settling = new Settling(transactions);
    sweeping = new Sweeping(transactions);
    byHand = new ByHand(transactions);
  }

  @Override
  public void begin(UUID incarnation, Duration lease) {
    nodes.begin(incarnation, lease);
  }

  @Override
  public Renewal renew(UUID incarnation, Duration lease, long knownVersion) {
    return nodes.renew(incarnation, lease, knownVersion);
  }

  @Override
  public int bury(UUID incarnation) {
    return nodes.bury(incarnation);
  }

  /// Declares dead every other node, whatever its lease, then frees what they owned. For a database
  /// that only this process uses: whoever else was there is gone.
  ///
  /// @return deliveries freed
  public int buryAllOthers(UUID incarnation) {
    return nodes.buryAllOthers(incarnation);
  }

  @Override
  public void end(UUID incarnation) {
    nodes.end(incarnation);
  }

  @Override
  public Map<IdempotencyKey, Remembered> remembered(Collection<IdempotencyKey> keys) {
    return remembering.remembered(keys);
  }

  @Override
  public Storing store(UUID incarnation, long version, List<Plan> plans) {
    return accepting.store(incarnation, version, plans);
  }

  @Override
  public List<Backlog> backlogs() {
    return claiming.backlogs();
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<Room> rooms) {
    return claiming.claim(incarnation, rooms);
  }

  @Override
  public List<Settled> settle(UUID incarnation, List<Settlement> settlements) {
    return settling.settle(incarnation, settlements);
  }

  @Override
  public OptionalInt skip(
      long version, UUID endpointId, SkipReason reason, List<String> keep, int limit) {
    return sweeping.skip(version, endpointId, reason, keep, limit);
  }

  @Override
  public Reopening reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return byHand.reopen(incarnation, new Key(companyId, deliveryId));
  }

  @Override
  public Cancelling cancel(long companyId, UUID deliveryId) {
    return byHand.cancel(new Key(companyId, deliveryId));
  }
}
