package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Computes the health of endpoints from their latest recorded attempts.
public final class EndpointHealth {

  /// The latest attempts of each endpoint: the last attempts of its latest ended deliveries, and
  /// the latest failures of its open deliveries. Only a bounded number of open deliveries is read:
  /// those of the endpoint that are due first, and the newest of the company that have an owner.
  /// Failures of the egress proxy don't count; they are skipped among the latest 200 deliveries.
  private static final String LATEST_ATTEMPTS =
      """
      with owned as materialized (
        select id, endpoint_id, attempt_count, trigger
        from (
          select * from open_delivery where company_id = :company order by id desc limit 2000
        ) as newest
        where owner is not null
      )
      select k.id as endpoint_id, a.ok
      from unnest(:ids::uuid[]) as k (id)
      cross join lateral (
        (select ended_at as at, status = 'delivered' as ok
         from (
           select * from delivery
           where endpoint_id = k.id and status <> 'skipped' and not test
           order by id desc
           limit 200) as d
         where status = 'delivered' or 'proxy' <> coalesce(
           (select error from attempt where delivery_id = d.id order by number desc limit 1),
           error, '')
         order by id desc
         limit :latest)
        union all
        (select f.started_at, false
         from (
           (select id from (
              select * from open_delivery where endpoint_id = k.id and owner is null
              order by due_at limit 200) as waiting
            where attempt_count > 0 and trigger = 'automatic' limit :latest)
           union
           (select id from owned
            where endpoint_id = k.id and attempt_count > 0 and trigger = 'automatic' limit :latest)
         ) as o
         cross join lateral (
           select started_at from attempt
           where delivery_id = o.id and error <> 'proxy'
           order by number desc limit 1) as f)
      ) as a
      order by k.id, a.at desc
      """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public EndpointHealth(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The health by endpoint id.
  ///
  /// @param endpoints endpoints of this company
  public Map<UUID, Health> read(long companyId, Collection<Endpoint> endpoints) {
    Map<UUID, List<Boolean>> successes = new HashMap<>();
    transactions.read(connection ->
        Jdbi.open(connection)
            .createQuery(LATEST_ATTEMPTS)
            .bind("company", companyId)
            .bind("ids", ColumnValues.uuidArray(endpoints.stream().map(Endpoint::id).toList()))
            .bind("latest", Health.ATTEMPT_WINDOW)
            .map((row, _) -> {
              UUID id = ColumnValues.uuid(row, "endpoint_id");
              return successes
                  .computeIfAbsent(id, _ -> new ArrayList<>())
                  .add(row.getBoolean("ok"));
            })
            .list());
    Map<UUID, Health> healthById = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      Health health = Health.fromAttempts(successes.getOrDefault(endpoint.id(), List.of()));
      healthById.put(endpoint.id(), endpoint.paused() ? Health.PAUSED : health);
    }
    return healthById;
  }
}
