package com.poolbrain.webhooks.engine.commit;

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
final class NoisyCompanyCooldown {

  /// A rest is for the processors of this node. What takes longer waits for something else, which
  /// resting would not help.
  static final long MAX_COOLDOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(12);

  private static final int COOLDOWN_FACTOR = 9;

  private final int companyShare;
  private final Map<Long, Long> cooldownEnds = new HashMap<>();
  private final ContentionDetector contention = new ContentionDetector();

  /// @param companyShare the rows of a batch that are a company's full share
  NoisyCompanyCooldown(int companyShare) {
    this.companyShare = companyShare;
  }

  /// A company hands something in.
  void recordActivity(long companyId, long now) {
    contention.recordActivity(companyId, now);
  }

  /// Whether a company that has so many rows in a batch may have more in it.
  boolean mayAddMore(int rows, long now) {
    return rows < companyShare || !contention.isContended(now);
  }

  /// A batch was dealt with.
  void recordBatch(List<? extends GroupCommit.Entry> batch, long startNanos, long now) {
    cooldownEnds.values().removeIf(end -> end - now <= 0);
    int totalRows = batch.stream().mapToInt(GroupCommit.Entry::rows).sum();
    if (totalRows < companyShare || !contention.isContended(now)) {
      return;
    }
    Map<Long, Integer> rows = new HashMap<>();
    for (GroupCommit.Entry entry : batch) {
      rows.merge(entry.companyId(), entry.rows(), Integer::sum);
    }
    rows.forEach((companyId, companyRows) -> {
      if (companyRows >= companyShare) {
        long cooldownNanos = COOLDOWN_FACTOR * (now - startNanos) * companyRows / totalRows;
        cooldownEnds.put(companyId, now + Math.min(cooldownNanos, MAX_COOLDOWN_NANOS));
      }
    });
  }

  /// Nanoseconds until a company has rested; 0 if it has.
  long remainingNanos(long companyId, long now) {
    Long end = cooldownEnds.get(companyId);
    return end == null ? 0 : Math.max(0, end - now);
  }
}
