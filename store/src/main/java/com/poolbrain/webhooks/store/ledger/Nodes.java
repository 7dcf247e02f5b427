package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Renewal;
import com.poolbrain.webhooks.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// The lives of nodes. To be dead is to have no row: what a node does with deliveries locks its row
/// first, so that deleting the row waits for what is under way and prevents all that comes later.
final class Nodes {

  private static final String BEGIN =
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

  private static final String DECLARE_DEAD =
      """
      with gone as (
        delete from node where incarnation in (
          select incarnation from node
          where incarnation <> ? and (? or lease_until < now()) order by incarnation for update)
        returning incarnation
      ), noted as (
        insert into dead_node (incarnation) select incarnation from gone
      )
      select incarnation from gone union select incarnation from dead_node
      """;

  private static final String END =
      """
      with gone as (
        delete from node where incarnation = ? returning incarnation
      )
      insert into dead_node (incarnation) select incarnation from gone
      """;

  private static final String FREE =
      """
      with picked as materialized (
        select company_id, id from due
        where owner = any (?::uuid[]) and (company_id, id) > (?, ?)
        order by company_id, id limit ? for update
      ), freed as (
        update due set owner = null from picked
        where due.company_id = picked.company_id and due.id = picked.id
      )
      select company_id, id, count(*) over () as rows from picked
      order by company_id desc, id desc limit 1
      """;

  private static final String FORGET =
      """
      delete from dead_node where incarnation = any (?::uuid[])
      """;

  private static final int BATCH = 1_000;
  private static final Key FIRST = new Key(0, new UUID(0, 0));

  private final Transactions transactions;
  private final Configuration configuration;

  Nodes(Transactions transactions, Configuration configuration) {
    this.transactions = transactions;
    this.configuration = configuration;
  }

  void begin(UUID incarnation, Duration lease) {
    transactions.single(c -> Sql.update(c, BEGIN, p -> p.add(incarnation).add(lease.toMillis())));
  }

  Renewal renew(UUID incarnation, Duration lease, long knownVersion) {
    Renewal renewal =
        transactions
            .single(c ->
                Sql.list(
                    c,
                    RENEW,
                    p -> p.add(lease.toMillis()).add(incarnation).add(incarnation),
                    Nodes::renewal))
            .getFirst();
    if (!renewal.alive() || renewal.version() == knownVersion) {
      return renewal;
    }
    List<Subscriptions> changed =
        transactions.read(c -> configuration.changedSince(c, knownVersion));
    return new Renewal(true, renewal.now(), renewal.liveNodes(), renewal.version(), changed);
  }

  int bury(UUID incarnation) {
    return free(declareDead(incarnation, false));
  }

  int buryAllOthers(UUID incarnation) {
    return free(declareDead(incarnation, true));
  }

  void end(UUID incarnation) {
    transactions.single(c -> Sql.update(c, END, p -> p.add(incarnation)));
    free(List.of(incarnation));
  }

  private List<UUID> declareDead(UUID but, boolean whateverTheirLease) {
    return transactions.single(c ->
        Sql.list(
            c,
            DECLARE_DEAD,
            p -> p.add(but).add(whateverTheirLease),
            row -> Rows.uuid(row, "incarnation")));
  }

  /// Walks once over all that is due: the dead can't add to what they own. They are forgotten only
  /// after that, so that somebody else frees what a killed node left owned.
  private int free(List<UUID> dead) {
    if (dead.isEmpty()) {
      return 0;
    }
    int freed = 0;
    Step step = new Step(FIRST, BATCH);
    while (step.rows() == BATCH) {
      Key after = step.last();
      step = transactions.single(c -> free(c, dead, after));
      freed += step.rows();
    }
    transactions.single(c -> Sql.update(c, FORGET, p -> p.add(Column.uuids(dead, id -> id))));
    return freed;
  }

  /// Where the walk stands, and how many rows its last step freed.
  private record Step(Key last, int rows) {}

  private static Step free(Connection c, List<UUID> dead, Key after) throws SQLException {
    Step step =
        Sql.first(
            c,
            FREE,
            p ->
                p.add(Column.uuids(dead, id -> id))
                    .add(after.companyId())
                    .add(after.id())
                    .add(BATCH),
            row ->
                new Step(
                    new Key(row.getLong("company_id"), Rows.uuid(row, "id")), row.getInt("rows")));
    return step == null ? new Step(after, 0) : step;
  }

  private static Renewal renewal(ResultSet row) throws SQLException {
    return new Renewal(
        row.getBoolean("alive"),
        Rows.time(row, "at"),
        row.getInt("live_nodes"),
        row.getLong("version"),
        List.of());
  }
}
