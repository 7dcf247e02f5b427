package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.store.Transactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Records what became of claimed deliveries.
///
/// Nearly all of them end with their first attempt: those by one statement. All others are locked,
/// decided upon one by one, and written together.
final class Settling {

  private final Transactions transactions;

  Settling(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A settlement, its delivery, and its place in the answer.
  record Entry(int index, Key key, Settlement settlement) {

    static Entry of(int index, Settlement settlement) {
      long company = settlement.claim().event().companyId();
      return new Entry(index, new Key(company, settlement.claim().id()), settlement);
    }
  }

  List<Settled> settle(UUID incarnation, List<Settlement> settlements) {
    Settled[] settled = new Settled[settlements.size()];
    Map<Key, Entry> first = new HashMap<>();
    List<Entry> others = new ArrayList<>();
    for (int i = 0; i < settlements.size(); i++) {
      Entry entry = Entry.of(i, settlements.get(i));
      if (!FirstAttempts.mayEnd(entry.settlement())
          || first.putIfAbsent(entry.key(), entry) != null) {
        others.add(entry);
      }
    }
    if (!first.isEmpty()) {
      List<Entry> sorted =
          first.values().stream()
              .sorted((a, b) -> Key.LOCK_ORDER.compare(a.key(), b.key()))
              .toList();
      Set<Key> ended = transactions.single(c -> FirstAttempts.end(c, incarnation, sorted));
      for (Entry entry : sorted) {
        if (ended.contains(entry.key())) {
          settled[entry.index()] = FirstAttempts.settled(entry);
        } else {
          others.add(entry);
        }
      }
    }
    if (!others.isEmpty()) {
      Map<Integer, Settled> answers =
          transactions.inTransaction(c -> UnderLock.settle(c, incarnation, others));
      answers.forEach((index, answer) -> settled[index] = answer);
    }
    return Arrays.asList(settled);
  }
}
