package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.store.Transactions;
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
    Set<Key> seen = new HashSet<>();
    List<Entry> first = new ArrayList<>();
    List<Entry> others = new ArrayList<>();
    for (int i = 0; i < settlements.size(); i++) {
      Entry entry = Entry.of(i, settlements.get(i));
      boolean mayEnd = seen.add(entry.key()) && FirstAttempts.mayEnd(entry.settlement());
      (mayEnd ? first : others).add(entry);
    }
    if (!first.isEmpty()) {
      first.sort(Comparator.comparing(Entry::key, Key.LOCK_ORDER));
      Set<Key> ended = transactions.single(c -> FirstAttempts.end(c, incarnation, first));
      for (Entry entry : first) {
        if (ended.contains(entry.key())) {
          settled[entry.index()] = FirstAttempts.settled(entry);
        } else {
          others.add(entry);
        }
      }
    }
    if (!others.isEmpty()) {
      others.sort(Comparator.comparingInt(Entry::index));
      Map<Integer, Settled> answers =
          transactions.inTransaction(c -> UnderLock.settle(c, incarnation, others));
      answers.forEach((index, answer) -> settled[index] = answer);
    }
    return Arrays.asList(settled);
  }
}
