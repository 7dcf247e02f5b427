package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.List;
import java.util.UUID;

/// Finds and claims unowned deliveries: retries, overflow, and deliveries of dead nodes.
final class DueClaims {

  /// Reads one index entry per endpoint, however many deliveries the endpoint has.
  private static final String UNOWNED_BACKLOGS =
      """
      with recursive backlog (endpoint_id, first_due) as (
        (select endpoint_id, due_at from open_delivery where owner is null
         order by endpoint_id, due_at limit 1)
        union all
        select next.endpoint_id, next.due_at
        from backlog cross join lateral (
          select endpoint_id, due_at from open_delivery
          where owner is null and endpoint_id > backlog.endpoint_id
          order by endpoint_id, due_at limit 1) as next
      )
      select endpoint_id, first_due from backlog
      """;

  private static final String CLAIM_DUE =
      """
      with alive as materialized (
        select 1 from node where incarnation = ? for key share
      ), picked as materialized (
        select d.company_id, d.id
        from alive cross join unnest(?::uuid[], ?::integer[]) as request (endpoint_id, capacity)
        cross join lateral (
          select company_id, id from open_delivery
          where owner is null and endpoint_id = request.endpoint_id and due_at <= now()
          order by due_at, id limit request.capacity
          for update skip locked) as d
      ), claimed as (
        update open_delivery set owner = ? from picked
        where open_delivery.company_id = picked.company_id and open_delivery.id = picked.id
        returning open_delivery.*
      )
      select c.company_id, c.due_at, c.schedule_step, c.attempt_count, c.id, c.event_id,
        c.endpoint_id, c.owner, c.job_id, c.event_name, c.trigger, e.type, e.occurred_at, e.items, e.data
      from claimed c join event e on e.id = c.event_id
      order by c.due_at, c.id
      """;

  private final Transactions transactions;

  DueClaims(Transactions transactions) {
    this.transactions = transactions;
  }

  List<UnownedBacklog> unownedBacklogs() {
    return transactions.read(c ->
        Sql.list(
            c,
            UNOWNED_BACKLOGS,
            _ -> {},
            row ->
                new UnownedBacklog(
                    ColumnValues.uuid(row, "endpoint_id"),
                    ColumnValues.instant(row, "first_due"))));
  }

  List<Claim> claim(UUID incarnation, List<ClaimRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    return transactions.autoCommit(c ->
        Sql.list(
            c,
            CLAIM_DUE,
            p ->
                p.add(incarnation)
                    .add(PgBinaryArray.uuids(requests, ClaimRequest::endpointId))
                    .add(PgBinaryArray.ints(requests, ClaimRequest::maxClaims))
                    .add(incarnation),
            row -> OpenDeliveryRow.read(row).toClaim(EventMapper.fromRow(row))));
  }
}
