package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.store.config.ConfigReader;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Leases of nodes. A node is dead when its row is gone.
///
/// Every transaction in which a node takes deliveries locks the row of the node first. So deleting
/// the row waits for running transactions and prevents later ones.
final class NodeLeases {

  private static final String REGISTER =
      """
      insert into node (incarnation, lease_until)
      values (?, now() + ? * interval '1 millisecond')
      on conflict (incarnation) do update set lease_until = excluded.lease_until
      """;

  private static final String RENEW =
      """
      with renewed as (
        update node set lease_until = now() + ? * interval '1 millisecond'
        where incarnation = ? returning 1
      )
      select exists (select from renewed) as alive, now() as at, version,
        (select count(*) from node where lease_until > now() or incarnation = ?) as live_nodes
      from config
      """;

  private static final String EXPIRE =
      """
      with expired as (
        delete from node where incarnation in (
          select incarnation from node
          where incarnation <> ? and (? or lease_until < now()) order by incarnation for update)
        returning incarnation
      ), recorded as (
        insert into dead_node (incarnation) select incarnation from expired
      )
      select incarnation from expired union select incarnation from dead_node
      """;

  private static final String DEREGISTER =
      """
      with removed as (
        delete from node where incarnation = ? returning incarnation
      )
      insert into dead_node (incarnation) select incarnation from removed
      """;

  private static final String RELEASE_OWNED =
      """
      with picked as materialized (
        select company_id, id from open_delivery
        where owner = any (?::uuid[]) and (company_id, id) > (?, ?)
        order by company_id, id limit ? for update
      ), released as (
        update open_delivery set owner = null from picked
        where open_delivery.company_id = picked.company_id and open_delivery.id = picked.id
      )
      select company_id, id from picked order by company_id, id
      """;

  private static final String DELETE_DEAD =
      """
      delete from dead_node where incarnation = any (?::uuid[])
      """;

  private static final int BATCH_SIZE = 1_000;
  private static final DeliveryKey MIN_KEY = new DeliveryKey(0, new UUID(0, 0));

  private final Transactions transactions;
  private final ConfigReader configReader;

  NodeLeases(Transactions transactions, ConfigReader configReader) {
    this.transactions = transactions;
    this.configReader = configReader;
  }

  void registerNode(UUID incarnation, Duration lease) {
    transactions.autoCommit(
        c -> Sql.update(c, REGISTER, p -> p.add(incarnation).add(lease.toMillis())));
  }

  LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownVersion) {
    LeaseRenewal renewal =
        transactions
            .autoCommit(c ->
                Sql.list(
                    c,
                    RENEW,
                    p -> p.add(lease.toMillis()).add(incarnation).add(incarnation),
                    NodeLeases::mapRenewal))
            .getFirst();
    if (!renewal.alive() || renewal.configVersion() == knownVersion) {
      return renewal;
    }
    List<CompanyConfig> changed =
        transactions.read(c -> configReader.readChangedSince(c, knownVersion));
    return new LeaseRenewal(
        true, renewal.storeTime(), renewal.liveNodes(), renewal.configVersion(), changed);
  }

  int expireDeadNodes(UUID incarnation) {
    return releaseOwned(markDead(incarnation, false));
  }

  int expireAllOthers(UUID incarnation) {
    return releaseOwned(markDead(incarnation, true));
  }

  void deregisterNode(UUID incarnation) {
    transactions.autoCommit(c -> Sql.update(c, DEREGISTER, p -> p.add(incarnation)));
    releaseOwned(List.of(incarnation));
  }

  private List<UUID> markDead(UUID except, boolean ignoreLease) {
    return transactions.autoCommit(c ->
        Sql.list(
            c,
            EXPIRE,
            p -> p.add(except).add(ignoreLease),
            row -> ColumnValues.uuid(row, "incarnation")));
  }

  /// Releases all deliveries of dead nodes in one pass over `open_delivery`: dead nodes can't take
  /// further ones. The nodes are forgotten only after the pass, so that another node completes it
  /// if this one is killed.
  private int releaseOwned(List<UUID> deadNodes) {
    if (deadNodes.isEmpty()) {
      return 0;
    }
    int released = 0;
    DeliveryKey lastKey = MIN_KEY;
    List<DeliveryKey> batch;
    do {
      batch = releaseBatch(deadNodes, lastKey);
      released += batch.size();
      lastKey = batch.isEmpty() ? lastKey : batch.getLast();
    } while (batch.size() == BATCH_SIZE);
    transactions.autoCommit(
        c -> Sql.update(c, DELETE_DEAD, p -> p.add(PgBinaryArray.uuids(deadNodes, id -> id))));
    return released;
  }

  private List<DeliveryKey> releaseBatch(List<UUID> deadNodes, DeliveryKey afterKey) {
    return transactions.autoCommit(c ->
        Sql.list(
            c,
            RELEASE_OWNED,
            p ->
                p.add(PgBinaryArray.uuids(deadNodes, id -> id))
                    .add(afterKey.companyId())
                    .add(afterKey.id())
                    .add(BATCH_SIZE),
            row -> new DeliveryKey(row.getLong("company_id"), ColumnValues.uuid(row, "id"))));
  }

  private static LeaseRenewal mapRenewal(ResultSet row) throws SQLException {
    return new LeaseRenewal(
        row.getBoolean("alive"),
        ColumnValues.instant(row, "at"),
        row.getInt("live_nodes"),
        row.getLong("version"),
        List.of());
  }
}
