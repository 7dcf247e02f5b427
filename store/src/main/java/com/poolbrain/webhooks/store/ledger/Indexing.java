package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.store.Transactions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Makes events findable by what their data refers to.
final class Indexing {

  /// What is longer than any id or job number that people type is not searched for.
  private static final int LONGEST = 256;

  private static final String INDEX =
      """
      insert into event_ref (company_id, event_id, ref)
      select company_id, event_id, ref
      from unnest(?::bigint[], ?::uuid[], ?::text[]) as r (company_id, event_id, ref)
      on conflict do nothing
      """;

  private final Transactions transactions;

  Indexing(Transactions transactions) {
    this.transactions = transactions;
  }

  private record Ref(long companyId, String ref, UUID eventId) {}

  void index(List<NewEvent> events) {
    List<Ref> refs =
        events.stream()
            .flatMap(e ->
                e.refs().stream()
                    .filter(ref -> ref.length() <= LONGEST)
                    .map(ref -> new Ref(e.event().companyId(), ref, e.event().id())))
            .distinct()
            .sorted(
                Comparator.comparingLong(Ref::companyId)
                    .thenComparing(Ref::ref)
                    .thenComparing(Ref::eventId, Key.UUIDS))
            .toList();
    if (refs.isEmpty()) {
      return;
    }
    transactions.single(c ->
        Sql.update(
            c,
            INDEX,
            p ->
                p.add(Column.longs(refs, Ref::companyId))
                    .add(Column.uuids(refs, Ref::eventId))
                    .add(Column.texts(refs, Ref::ref))));
  }
}
