package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Skips unowned deliveries of an endpoint that the configuration no longer allows.
final class SkipStatements {

  private static final String SKIP_UNOWNED =
      """
      with current as materialized (
        select 1 from config where version = ?
      ), picked as materialized (
        select company_id, id from open_delivery
        where owner is null and endpoint_id = ? and trigger = 'automatic'
          and event_name <> all (?::text[])
          and exists (select from current)
        order by due_at, id limit ?
        for update skip locked
      ), removed as (
        delete from open_delivery using picked
        where open_delivery.company_id = picked.company_id and open_delivery.id = picked.id
        returning open_delivery.*
      ), ended as (
        insert into delivery (company_id, ended_at, schedule_step, attempt_count, test, id,
          event_id, endpoint_id, job_id, event_name, status, skip_reason)
        select company_id, now(), schedule_step, attempt_count, false, id, event_id, endpoint_id,
          job_id, event_name, 'skipped', ?
        from removed order by company_id, id
      )
      select removed.id, removed.event_name from current left join removed on true
      """;

  private final Transactions transactions;

  SkipStatements(Transactions transactions) {
    this.transactions = transactions;
  }

  Optional<List<SkippedDelivery>> skip(
      long version, UUID endpointId, SkipReason reason, List<String> keptEventNames, int limit) {
    List<Optional<SkippedDelivery>> rows =
        transactions.autoCommit(c ->
            Sql.list(
                c,
                SKIP_UNOWNED,
                p ->
                    p.add(version)
                        .add(endpointId)
                        .add(PgBinaryArray.texts(keptEventNames, name -> name))
                        .add(limit)
                        .add(reason.wireName()),
                SkipStatements::mapRow));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.stream().flatMap(Optional::stream).toList());
  }

  /// A skipped delivery; empty in the only row of a statement that found none.
  private static Optional<SkippedDelivery> mapRow(ResultSet row) throws SQLException {
    UUID id = ColumnValues.uuidOrNull(row, "id");
    return id == null
        ? Optional.empty()
        : Optional.of(new SkippedDelivery(id, row.getString("event_name")));
  }
}
