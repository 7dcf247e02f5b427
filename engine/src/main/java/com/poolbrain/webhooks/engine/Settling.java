package com.poolbrain.webhooks.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes results durable, many at a time, and does not give up while the ledger is away: a result
/// that is not on record yet costs its endpoint a second delivery.
final class Settling implements Service {

  private static final Logger log = LoggerFactory.getLogger(Settling.class);

  private final Ledger ledger;
  private final Recorder recorder;
  private final GroupCommit<Result> commit;
  private final Patience patience;

  /// Is told of each result once.
  interface Recorder {
    /// It is on record.
    void recorded(Settlement settlement, Settled settled);

    /// It could not be recorded; its delivery stays open.
    void lost(Settlement settlement);
  }

  /// @param owner the life of this node that owned the delivery
  /// @param told whether the recorder was told of it
  private record Result(UUID owner, Settlement settlement, AtomicBoolean told)
      implements GroupCommit.Entry {

    @Override
    public long companyId() {
      return settlement.claim().event().companyId();
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public long bytes() {
      return 1_024;
    }

    Result withoutAttempt() {
      Settlement rest = new Settlement(settlement.claim(), null, settlement.verdict());
      return new Result(owner, rest, told);
    }
  }

  Settling(Ledger ledger, Clock clock, Turn turn, ThreadFactory threads, Recorder recorder) {
    this.ledger = ledger;
    this.patience = new Patience(clock, turn);
    this.recorder = recorder;
    this.commit =
        new GroupCommit<>(
            GroupCommit.BatchLimits.WITHOUT_RESTS,
            clock,
            threads,
            new GroupCommit.Work<>(this::settle, (batch, _) -> batch.forEach(this::lose), turn));
  }

  @Override
  public void start() {
    commit.start();
  }

  /// Hands in a result. One that comes after closing is lost: its delivery is made again.
  ///
  /// @param owner the life of this node that owned the delivery
  void settle(UUID owner, Settlement settlement) {
    Result result = new Result(owner, settlement, new AtomicBoolean());
    if (!commit.add(result)) {
      lose(result);
    }
  }

  private void settle(List<Result> batch) {
    Map<UUID, List<Result>> byOwner = new LinkedHashMap<>(2);
    for (Result result : batch) {
      byOwner.computeIfAbsent(result.owner(), _ -> new ArrayList<>()).add(result);
    }
    byOwner.forEach(this::settle);
  }

  private void settle(UUID owner, List<Result> results) {
    if (!patience.until(() -> attempt(owner, results))) {
      log.warn(
          "{} results are not on record, for the database is away; their deliveries are made again.",
          results.size());
      results.forEach(this::lose);
    }
  }

  private boolean attempt(UUID owner, List<Result> results) {
    List<Settled> settled;
    try {
      settled = ledger.settle(owner, results.stream().map(Result::settlement).toList());
    } catch (LedgerException.Away | LedgerException.InDoubt _) {
      return false;
    } catch (RuntimeException | Error refusedOrBug) {
      alone(owner, results, refusedOrBug);
      return true;
    }
    for (int i = 0; i < results.size(); i++) {
      record(results.get(i), settled.get(i));
    }
    return true;
  }

  private void alone(UUID owner, List<Result> results, Throwable why) {
    if (results.size() == 1) {
      withoutAttempt(results.getFirst(), why);
      return;
    }
    for (Result result : results) {
      settle(owner, List.of(result));
    }
  }

  /// What followed from an attempt is recorded without it, if it can't be recorded with it: else
  /// the delivery would stay this node's own, and nobody would go on with it.
  private void withoutAttempt(Result result, Throwable why) {
    UUID delivery = result.settlement().claim().id();
    if (result.settlement().attempt() == null) {
      log.error("Delivery {} can't be settled; it goes on after the next start", delivery, why);
      lose(result);
      return;
    }
    log.error("An attempt of delivery {} can't be recorded; only what follows is", delivery, why);
    settle(result.owner(), List.of(result.withoutAttempt()));
  }

  private void record(Result result, Settled settled) {
    tell(result, () -> recorder.recorded(result.settlement(), settled));
  }

  private void lose(Result result) {
    tell(result, () -> recorder.lost(result.settlement()));
  }

  /// What goes wrong in telling one result must not hide those behind it.
  private static void tell(Result result, Runnable telling) {
    if (result.told().compareAndSet(false, true)) {
      try {
        telling.run();
      } catch (RuntimeException | Error bug) {
        log.error(
            "Something that follows the result of delivery {} went wrong; the next ones go on",
            result.settlement().claim().id(),
            bug);
      }
    }
  }

  /// Records what was handed in, and returns when that is done, or can't be done.
  @Override
  public void close() {
    patience.close();
    commit.close();
  }
}
