package com.poolbrain.webhooks.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Which companies rest between batches. Who had its full share of one rests nine times as long as
/// its part of it took, while others hand in as well: else it would take all processors for as long
/// as it has something, and whatever the others need would wait at each step. Who is alone does not
/// rest.
///
/// Guarded by the lock of [GroupCommit]. All times are readings of [Clock#nanoTime()].
final class Rests {

  /// A rest is for the processors of this node. What takes longer waits for something else, which
  /// resting would not help.
  static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(12);

  private static final int TIMES = 9;

  private final int share;
  private final Map<Long, Long> until = new HashMap<>();
  private final Crowd crowd = new Crowd();

  /// @param share the rows of a batch that are a company's full share
  Rests(int share) {
    this.share = share;
  }

  /// A company hands something in.
  void handedIn(long company, long now) {
    crowd.saw(company, now);
  }

  /// Whether a company that has so many rows in a batch may have more in it.
  boolean mayHaveMore(int rows, long now) {
    return rows < share || !crowd.areSeveral(now);
  }

  /// A batch was dealt with.
  void had(List<? extends GroupCommit.Entry> batch, long from, long now) {
    until.values().removeIf(end -> end - now <= 0);
    int all = batch.stream().mapToInt(GroupCommit.Entry::rows).sum();
    if (all < share || !crowd.areSeveral(now)) {
      return;
    }
    Map<Long, Integer> rows = new HashMap<>();
    for (GroupCommit.Entry entry : batch) {
      rows.merge(entry.companyId(), entry.rows(), Integer::sum);
    }
    rows.forEach((company, part) -> {
      if (part >= share) {
        long rest = TIMES * (now - from) * part / all;
        until.put(company, now + Math.min(rest, LONGEST));
      }
    });
  }

  /// Nanoseconds until a company has rested; 0 if it has.
  long left(long company, long now) {
    Long end = until.get(company);
    return end == null ? 0 : Math.max(0, end - now);
  }
}
