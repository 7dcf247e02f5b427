package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether the database accepts writes that need space on its disk.
///
/// A full disk refuses only some writes: rows still fit into pages that exist. So the probe writes
/// into a new file, which a truncated table has.
public final class WriteProbe {

  private static final String TRUNCATE =
      """
      truncate write_probe
      """;

  private static final String FILL =
      """
      insert into write_probe (filler) select repeat('x', 1000) from generate_series(1, 64)
      """;

  /// Anybody may ask, so the database is asked less often.
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(WriteProbe.class);

  private final Transactions transactions;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Long probedAt;
  private boolean isWritable = true;

  /// @param nanoTime monotonic time
  public WriteProbe(Transactions transactions, LongSupplier nanoTime) {
    this.transactions = transactions;
    this.nanoTime = nanoTime;
  }

  /// Whether the database accepted a write within the last 5 seconds, or does now.
  public boolean isWritable() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (probedAt == null || now - probedAt >= MIN_INTERVAL.toNanos()) {
        probedAt = now;
        probe();
      }
      return isWritable;
    } finally {
      lock.unlock();
    }
  }

  private void probe() {
    boolean wasWritable = isWritable;
    try {
      transactions.inTransaction(connection -> {
        Sql.update(connection, TRUNCATE, _ -> {});
        return Sql.update(connection, FILL, _ -> {});
      });
      isWritable = true;
      if (!wasWritable) {
        log.info("The database accepts writes again.");
      }
    } catch (LedgerException e) {
      isWritable = false;
      if (wasWritable) {
        log.warn("The database refuses writes; the service is not ready: {}", e.getMessage());
      }
    }
  }
}
