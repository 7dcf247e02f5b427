package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// A search reference of an event: a customer id, a job id or a job number.
record EventRef(long companyId, String ref, UUID eventId) {

  /// Longer references are not stored. No id or job number that a person types is longer.
  private static final int MAX_LENGTH = 256;

  /// The references of all events of the plans, without duplicates, in primary key order.
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
