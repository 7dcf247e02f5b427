package com.poolbrain.webhooks.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Which companies rest between batches. Who had its full share of one rests three times as long as
/// its part of it took, while others hand in as well: else it would take all processors for as long
/// as it has something, and whatever the others need would wait at each step. Who is alone never
/// rests.
///
/// Guarded by the lock of [GroupCommit]. All times are readings of [Clock#nanoTime()].
final class Rests {

  private static final int TIMES = 3;
  private static final long NOBODY = Long.MIN_VALUE;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int share;
  private final Map<Long, Long> until = new HashMap<>();
  private long last = NOBODY;
  private boolean several;
  private long turned;

  /// @param share the rows of a batch that are a company's full share
  Rests(int share) {
    this.share = share;
  }

  /// A company hands something in.
  void handedIn(long company, long now) {
    if (company != last) {
      several = last != NOBODY;
      turned = now;
      last = company;
    }
  }

  /// Whether several companies handed in within the last second.
  boolean areSeveral(long now) {
    return several && now - turned < SECOND;
  }

  /// Whether a company that has so many rows in a batch may have more in it.
  boolean mayHaveMore(int rows, long now) {
    return rows < share || !areSeveral(now);
  }

  /// A batch is stored.
  void stored(List<? extends GroupCommit.Entry> batch, long from, long now) {
    until.values().removeIf(end -> end - now <= 0);
    if (!areSeveral(now)) {
      return;
    }
    Map<Long, Integer> rows = new HashMap<>();
    int all = 0;
    for (GroupCommit.Entry entry : batch) {
      rows.merge(entry.companyId(), entry.rows(), Integer::sum);
      all += entry.rows();
    }
    for (Map.Entry<Long, Integer> had : rows.entrySet()) {
      if (had.getValue() >= share) {
        until.put(had.getKey(), now + TIMES * (now - from) * had.getValue() / all);
      }
    }
  }

  /// Nanoseconds until a company has rested; 0 if it has.
  long left(long company, long now) {
    Long end = until.get(company);
    return end == null ? 0 : Math.max(0, end - now);
  }
}
