package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Storing;
import com.poolbrain.webhooks.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Makes plans durable: events, what they can be found by, their open deliveries and those that are
/// skipped from the start, by one statement that stores nothing unless its node is alive and the
/// plans are up to date.
final class Accepting {

  private static final String STORE =
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
        insert into due (company_id, due_at, step, attempts, id, event_id, endpoint_id, owner, name, trigger)
        select d.company_id, now(), 0, 0, d.id, d.event_id, d.endpoint_id, d.owner, d.name, d.trigger
        from current cross join
          unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
          as d (company_id, id, event_id, endpoint_id, owner, name, trigger)
      ), skipped as (
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id, name, status, skip_reason)
        select d.company_id, now(), 0, d.test, d.id, d.event_id, d.endpoint_id, d.name, 'skipped', d.reason
        from current cross join
          unnest(?::bigint[], ?::boolean[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
          as d (company_id, test, id, event_id, endpoint_id, name, reason)
      ), refs as (
        insert into event_ref (company_id, ref, event_id)
        select r.company_id, r.ref, r.event_id
        from current cross join unnest(?::bigint[], ?::text[], ?::uuid[])
          as r (company_id, ref, event_id)
      )
      select exists (select from alive) as is_alive, exists (select from current) as is_current
      """;

  private final Transactions transactions;
  private final Remembering remembering;

  Accepting(Transactions transactions, Remembering remembering) {
    this.transactions = transactions;
    this.remembering = remembering;
  }

  Storing store(UUID incarnation, long version, List<Plan> plans) {
    if (plans.stream().allMatch(plan -> plan.remember().isEmpty())) {
      return transactions.single(c -> insert(c, incarnation, version, plans));
    }
    return transactions.inTransaction(c -> {
      if (remembering.anyKnown(c, plans)) {
        return Storing.KEY_KNOWN;
      }
      Storing storing = insert(c, incarnation, version, plans);
      if (storing == Storing.STORED) {
        remembering.remember(c, plans);
      }
      return storing;
    });
  }

  private static Storing insert(Connection c, UUID incarnation, long version, List<Plan> plans)
      throws SQLException {
    List<NewDelivery> deliveries =
        plans.stream()
            .flatMap(plan -> plan.deliveries().stream())
            .sorted(Comparator.comparing(Accepting::key, Key.LOCK_ORDER))
            .toList();
    return Sql.list(
            c,
            STORE,
            p -> {
              p.add(incarnation).add(version).add(version);
              addEvents(p, plans);
              addOpen(p, incarnation, deliveries.stream().filter(d -> d.skip() == null).toList());
              addSkipped(p, deliveries.stream().filter(d -> d.skip() != null).toList());
              addRefs(p, Ref.of(plans));
            },
            Accepting::answer)
        .getFirst();
  }

  private static Key key(NewDelivery delivery) {
    return new Key(delivery.event().companyId(), delivery.id());
  }

  private static Storing answer(ResultSet row) throws SQLException {
    if (row.getBoolean("is_current")) {
      return Storing.STORED;
    }
    return row.getBoolean("is_alive") ? Storing.STALE : Storing.DEAD;
  }

  private static void addEvents(Parameters parameters, List<Plan> plans) throws SQLException {
    List<Event> events =
        plans.stream()
            .flatMap(plan -> plan.events().stream())
            .map(NewEvent::event)
            .sorted(Comparator.comparing(Event::id, Key.UUIDS))
            .toList();
    parameters
        .add(Column.longs(events, Event::companyId))
        .add(Column.times(events, Event::occurredAt))
        .add(Column.ints(events, Event::items))
        .add(Column.uuids(events, Event::id))
        .add(Column.texts(events, Event::type))
        .add(Column.bytes(events, Event::data));
  }

  private static void addOpen(Parameters parameters, UUID incarnation, List<NewDelivery> open)
      throws SQLException {
    parameters
        .add(Column.longs(open, d -> d.event().companyId()))
        .add(Column.uuids(open, NewDelivery::id))
        .add(Column.uuids(open, d -> d.event().id()))
        .add(Column.uuids(open, NewDelivery::endpointId))
        .add(Column.uuids(open, d -> d.owned() ? incarnation : null))
        .add(Column.texts(open, NewDelivery::name))
        .add(Column.texts(open, d -> d.trigger().word()));
  }

  private static void addRefs(Parameters parameters, List<Ref> refs) throws SQLException {
    parameters
        .add(Column.longs(refs, Ref::companyId))
        .add(Column.texts(refs, Ref::ref))
        .add(Column.uuids(refs, Ref::eventId));
  }

  private static void addSkipped(Parameters parameters, List<NewDelivery> skipped)
      throws SQLException {
    parameters
        .add(Column.longs(skipped, d -> d.event().companyId()))
        .add(Column.booleans(skipped, d -> d.trigger() == Trigger.TEST))
        .add(Column.uuids(skipped, NewDelivery::id))
        .add(Column.uuids(skipped, d -> d.event().id()))
        .add(Column.uuids(skipped, NewDelivery::endpointId))
        .add(Column.texts(skipped, NewDelivery::name))
        .add(Column.texts(skipped, d -> Deliveries.word(d.skip())));
  }
}
