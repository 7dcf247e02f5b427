package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// What an event can be found by: a customer id, a job id, a job number.
record EventRef(long companyId, String ref, UUID eventId) {

  /// What is longer than any id or job number that people type is not searched for.
  private static final int MAX_LENGTH = 256;

  /// Those of all events of the plans, each once, in the order of their key.
  static List<EventRef> fromPlans(List<Plan> plans) {
    return plans.stream()
        .flatMap(plan -> plan.events().stream())
        .flatMap(e ->
            e.refs().stream()
                .filter(ref -> ref.length() <= MAX_LENGTH)
                .distinct()
                .map(ref -> new EventRef(e.event().companyId(), ref, e.event().id())))
        .sorted(
            Comparator.comparingLong(EventRef::companyId)
                .thenComparing(EventRef::ref)
                .thenComparing(EventRef::eventId, UuidV7.ORDER))
        .toList();
  }
}
