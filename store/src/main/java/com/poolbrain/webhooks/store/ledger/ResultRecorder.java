package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Records what became of claimed deliveries.
///
/// Nearly all of them end with their first attempt: those by one statement. All others are locked,
/// decided upon one by one, and written together.
final class ResultRecorder {

  private final Transactions transactions;

  ResultRecorder(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A settlement, its delivery, and its place in the answer.
  record IndexedResult(int index, DeliveryKey deliveryKey, AttemptResult attemptResult) {

    static IndexedResult of(int index, AttemptResult attemptResult) {
      long company = attemptResult.claim().event().companyId();
      return new IndexedResult(
          index, new DeliveryKey(company, attemptResult.claim().id()), attemptResult);
    }
  }

  List<RecordedResult> record(UUID incarnation, List<AttemptResult> results) {
    RecordedResult[] recorded = new RecordedResult[results.size()];
    Set<DeliveryKey> seen = new HashSet<>();
    List<IndexedResult> firstAttempts = new ArrayList<>();
    List<IndexedResult> others = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      IndexedResult indexedResult = IndexedResult.of(i, results.get(i));
      boolean isEligible =
          seen.add(indexedResult.deliveryKey())
              && FirstAttemptFastPath.isEligible(indexedResult.attemptResult());
      (isEligible ? firstAttempts : others).add(indexedResult);
    }
    if (!firstAttempts.isEmpty()) {
      firstAttempts.sort(Comparator.comparing(IndexedResult::deliveryKey, DeliveryKey.LOCK_ORDER));
      Set<DeliveryKey> endedKeys =
          transactions.autoCommit(c -> FirstAttemptFastPath.end(c, incarnation, firstAttempts));
      for (IndexedResult indexedResult : firstAttempts) {
        if (endedKeys.contains(indexedResult.deliveryKey())) {
          recorded[indexedResult.index()] = FirstAttemptFastPath.recordedResult(indexedResult);
        } else {
          others.add(indexedResult);
        }
      }
    }
    if (!others.isEmpty()) {
      others.sort(Comparator.comparingInt(IndexedResult::index));
      Map<Integer, RecordedResult> lockedResults =
          transactions.inTransaction(c -> LockedResultRecorder.record(c, incarnation, others));
      lockedResults.forEach((index, result) -> recorded[index] = result);
    }
    return Arrays.asList(recorded);
  }
}
