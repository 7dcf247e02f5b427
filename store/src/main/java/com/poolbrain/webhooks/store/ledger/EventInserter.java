package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Sql.ParameterBinder;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Stores plans with one statement: events, search references, open deliveries and skipped
/// deliveries. The statement stores nothing if the node is dead or the configuration version is
/// stale.
final class EventInserter {

  private static final String INSERT_PLANS =
      """
      with alive as materialized (
        select 1 from node where incarnation = ? for key share
      ), current as materialized (
        select 1 from config, alive where version = ?
      ), events as (
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        select e.company_id, e.occurred_at, ?, e.items, e.id, e.type, e.data
        from current cross join
          unnest(?::bigint[], ?::timestamptz[], ?::integer[], ?::uuid[], ?::text[], ?::bytea[])
          as e (company_id, occurred_at, items, id, type, data)
      ), open as (
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, owner, event_name, trigger)
        select d.company_id, now(), 0, 0, d.id, d.event_id, d.endpoint_id, d.owner, d.event_name,
          d.trigger
        from current cross join
          unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
          as d (company_id, id, event_id, endpoint_id, owner, event_name, trigger)
      ), skipped as (
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id,
          event_name, status, skip_reason)
        select d.company_id, now(), 0, d.test, d.id, d.event_id, d.endpoint_id, d.event_name,
          'skipped', d.reason
        from current cross join
          unnest(?::bigint[], ?::boolean[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
          as d (company_id, test, id, event_id, endpoint_id, event_name, reason)
      ), refs as (
        insert into event_ref (company_id, ref, event_id)
        select r.company_id, r.ref, r.event_id
        from current cross join unnest(?::bigint[], ?::text[], ?::uuid[])
          as r (company_id, ref, event_id)
      )
      select exists (select from alive) as is_alive, exists (select from current) as is_current
      """;

  private final Transactions transactions;
  private final IdempotencyStore idempotencyStore;

  EventInserter(Transactions transactions, IdempotencyStore idempotencyStore) {
    this.transactions = transactions;
    this.idempotencyStore = idempotencyStore;
  }

  StoreResult store(UUID incarnation, long version, List<Plan> plans) {
    if (plans.stream().allMatch(plan -> plan.storedResponses().isEmpty())) {
      return transactions.autoCommit(c -> insert(c, incarnation, version, plans));
    }
    return transactions.inTransaction(c -> {
      if (idempotencyStore.isAnyKeyStored(c, plans)) {
        return StoreResult.DUPLICATE_KEY;
      }
      StoreResult storeResult = insert(c, incarnation, version, plans);
      if (storeResult == StoreResult.STORED) {
        idempotencyStore.insert(c, plans);
      }
      return storeResult;
    });
  }

  private static StoreResult insert(Connection c, UUID incarnation, long version, List<Plan> plans)
      throws SQLException {
    List<NewDelivery> deliveries =
        plans.stream()
            .flatMap(plan -> plan.deliveries().stream())
            .sorted(Comparator.comparing(EventInserter::deliveryKey, DeliveryKey.LOCK_ORDER))
            .toList();
    return Sql.list(
            c,
            INSERT_PLANS,
            p -> {
              p.add(incarnation).add(version).add(version);
              addEvents(p, plans);
              addOpen(
                  p, incarnation, deliveries.stream().filter(d -> d.skipReason() == null).toList());
              addSkipped(p, deliveries.stream().filter(d -> d.skipReason() != null).toList());
              addRefs(p, EventRef.fromPlans(plans));
            },
            EventInserter::mapResult)
        .getFirst();
  }

  private static DeliveryKey deliveryKey(NewDelivery delivery) {
    return new DeliveryKey(delivery.event().companyId(), delivery.id());
  }

  private static StoreResult mapResult(ResultSet row) throws SQLException {
    if (row.getBoolean("is_current")) {
      return StoreResult.STORED;
    }
    return row.getBoolean("is_alive") ? StoreResult.STALE_CONFIG : StoreResult.NODE_DEAD;
  }

  private static void addEvents(ParameterBinder binder, List<Plan> plans) throws SQLException {
    List<Event> events =
        plans.stream()
            .flatMap(plan -> plan.events().stream())
            .map(NewEvent::event)
            .sorted(Comparator.comparing(Event::id, UuidV7.ORDER))
            .toList();
    binder
        .add(PgBinaryArray.longs(events, Event::companyId))
        .add(PgBinaryArray.timestamps(events, Event::occurredAt))
        .add(PgBinaryArray.ints(events, Event::itemCount))
        .add(PgBinaryArray.uuids(events, Event::id))
        .add(PgBinaryArray.texts(events, Event::type))
        .add(PgBinaryArray.byteArrays(events, Event::data));
  }

  private static void addOpen(ParameterBinder binder, UUID incarnation, List<NewDelivery> open)
      throws SQLException {
    binder
        .add(PgBinaryArray.longs(open, d -> d.event().companyId()))
        .add(PgBinaryArray.uuids(open, NewDelivery::id))
        .add(PgBinaryArray.uuids(open, d -> d.event().id()))
        .add(PgBinaryArray.uuids(open, NewDelivery::endpointId))
        .add(PgBinaryArray.uuids(open, d -> d.owned() ? incarnation : null))
        .add(PgBinaryArray.texts(open, NewDelivery::eventName))
        .add(PgBinaryArray.texts(open, d -> d.trigger().wireName()));
  }

  private static void addRefs(ParameterBinder binder, List<EventRef> refs) throws SQLException {
    binder
        .add(PgBinaryArray.longs(refs, EventRef::companyId))
        .add(PgBinaryArray.texts(refs, EventRef::ref))
        .add(PgBinaryArray.uuids(refs, EventRef::eventId));
  }

  private static void addSkipped(ParameterBinder binder, List<NewDelivery> skipped)
      throws SQLException {
    binder
        .add(PgBinaryArray.longs(skipped, d -> d.event().companyId()))
        .add(PgBinaryArray.booleans(skipped, d -> d.trigger() == Trigger.TEST))
        .add(PgBinaryArray.uuids(skipped, NewDelivery::id))
        .add(PgBinaryArray.uuids(skipped, d -> d.event().id()))
        .add(PgBinaryArray.uuids(skipped, NewDelivery::endpointId))
        .add(PgBinaryArray.texts(skipped, NewDelivery::eventName))
        .add(PgBinaryArray.texts(skipped, d -> DeliveryTables.wireNameOrNull(d.skipReason())));
  }
}
