package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// What an event can be found by: a customer id, a job id, a job number.
record Ref(long companyId, String ref, UUID eventId) {

  /// What is longer than any id or job number that people type is not searched for.
  private static final int LONGEST = 256;

  /// Those of all events of the plans, each once, in the order of their key.
  static List<Ref> of(List<Plan> plans) {
    return plans.stream()
        .flatMap(plan -> plan.events().stream())
        .flatMap(e ->
            e.refs().stream()
                .filter(ref -> ref.length() <= LONGEST)
                .distinct()
                .map(ref -> new Ref(e.event().companyId(), ref, e.event().id())))
        .sorted(
            Comparator.comparingLong(Ref::companyId)
                .thenComparing(Ref::ref)
                .thenComparing(Ref::eventId, Key.UUIDS))
        .toList();
  }
}
