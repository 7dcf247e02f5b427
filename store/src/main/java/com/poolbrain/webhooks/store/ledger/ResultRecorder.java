package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Records the results of claimed deliveries.
///
/// Nearly all deliveries end with their first attempt. One statement records those. All others are
/// locked, decided one by one, and written together.
final class ResultRecorder {

  private final Transactions transactions;

  ResultRecorder(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A result with its position in the list of the caller.
  record IndexedResult(int index, DeliveryKey key, AttemptResult attemptResult) {

    private static IndexedResult of(int index, AttemptResult result) {
      long companyId = result.claim().event().companyId();
      return new IndexedResult(index, new DeliveryKey(companyId, result.claim().id()), result);
    }
  }

  List<RecordedResult> record(UUID incarnation, List<AttemptResult> results) {
    RecordedResult[] recorded = new RecordedResult[results.size()];
    Set<DeliveryKey> seen = new HashSet<>();
    List<IndexedResult> firstAttempts = new ArrayList<>();
    List<IndexedResult> others = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      IndexedResult result = IndexedResult.of(i, results.get(i));
      boolean isEligible =
          seen.add(result.key()) && FirstAttemptFastPath.isEligible(result.attemptResult());
      (isEligible ? firstAttempts : others).add(result);
    }
    if (!firstAttempts.isEmpty()) {
      firstAttempts.sort(Comparator.comparing(IndexedResult::key, DeliveryKey.LOCK_ORDER));
      Set<DeliveryKey> endedKeys =
          transactions.autoCommit(
              c -> FirstAttemptFastPath.endDeliveries(c, incarnation, firstAttempts));
      for (IndexedResult result : firstAttempts) {
        if (endedKeys.contains(result.key())) {
          recorded[result.index()] = FirstAttemptFastPath.recordedResult(result);
        } else {
          others.add(result);
        }
      }
    }
    if (!others.isEmpty()) {
      others.sort(Comparator.comparingInt(IndexedResult::index));
      transactions
          .inTransaction(c -> LockedResultRecorder.record(c, incarnation, others))
          .forEach((index, result) -> recorded[index] = result);
    }
    return Arrays.asList(recorded);
  }
}
