package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.ContentionDetector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Cooldowns of companies between batches. A company that fills its batch share while others are
/// active is held back for nine times its share of the batch time. Otherwise it would use all
/// processors for as long as it has entries, and every step of the other companies would wait. A
/// single active company is never held back.
///
/// Guarded by the lock of [GroupCommit]. All times are readings of [Clock#nanoTime()].
final class NoisyCompanyCooldown {

  /// A cooldown frees the processors of this node. A batch that takes longer waits for the
  /// database, where a cooldown does not help. Tuned with the benchmark scenario `neighbour`.
  static final long MAX_COOLDOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(12);

  private static final int COOLDOWN_FACTOR = 9;

  private final int companyShare;
  private final Map<Long, Long> cooldownEnds = new HashMap<>();
  private final ContentionDetector contention = new ContentionDetector();

  /// @param companyShare rows that one company may have in a batch
  NoisyCompanyCooldown(int companyShare) {
    this.companyShare = companyShare;
  }

  /// Records that a company added an entry.
  void recordActivity(long companyId, long now) {
    contention.recordActivity(companyId, now);
  }

  /// Whether a company with that many rows in a batch may add more.
  boolean mayAddMore(int rows, long now) {
    return rows < companyShare || !contention.isContended(now);
  }

  /// Starts the cooldowns that follow from a batch.
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

  /// Nanoseconds until a company may commit again; 0 if it may now.
  long remainingNanos(long companyId, long now) {
    Long end = cooldownEnds.get(companyId);
    return end == null ? 0 : Math.max(0, end - now);
  }
}
