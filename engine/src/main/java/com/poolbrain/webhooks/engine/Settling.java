package com.poolbrain.webhooks.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
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
  private record Result(UUID owner, Settlement settlement) implements GroupCommit.Entry {
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
  }

  Settling(Ledger ledger, Clock clock, ThreadFactory threads, Recorder recorder) {
    this.ledger = ledger;
    this.patience = new Patience(clock);
    this.recorder = recorder;
    this.commit = new GroupCommit<>(GroupCommit.BatchLimits.DEFAULT, threads, this::settle);
  }

  @Override
  public void start() {
    commit.start();
  }

  /// Hands in a result. One that comes after closing is lost: its delivery is made again.
  ///
  /// @param owner the life of this node that owned the delivery
  void settle(UUID owner, Settlement settlement) {
    if (!commit.add(new Result(owner, settlement))) {
      recorder.lost(settlement);
    }
  }

  private void settle(List<Result> batch) {
    Map<UUID, List<Settlement>> byOwner = new LinkedHashMap<>(2);
    for (Result result : batch) {
      byOwner.computeIfAbsent(result.owner(), _ -> new ArrayList<>()).add(result.settlement());
    }
    byOwner.forEach(this::settle);
  }

  private void settle(UUID owner, List<Settlement> settlements) {
    if (!patience.until(() -> attempt(owner, settlements))) {
      log.warn(
          "{} results are not on record, for the database is away; their deliveries are made again.",
          settlements.size());
      settlements.forEach(recorder::lost);
    }
  }

  private boolean attempt(UUID owner, List<Settlement> settlements) {
    try {
      List<Settled> results = ledger.settle(owner, settlements);
      for (int i = 0; i < results.size(); i++) {
        recorder.recorded(settlements.get(i), results.get(i));
      }
      return true;
    } catch (LedgerException.Away | LedgerException.InDoubt _) {
      return false;
    } catch (LedgerException.Refused refused) {
      alone(owner, settlements, refused);
      return true;
    }
  }

  private void alone(UUID owner, List<Settlement> settlements, LedgerException.Refused refused) {
    if (settlements.size() == 1) {
      recorder.lost(settlements.getFirst());
      log.error(
          "The result of delivery {} can't be recorded; it stays open and is made again after the next start.",
          settlements.getFirst().claim().id(),
          refused);
      return;
    }
    for (Settlement settlement : settlements) {
      settle(owner, List.of(settlement));
    }
  }

  /// Records what was handed in, and returns when that is done, or can't be done.
  @Override
  public void close() {
    patience.close();
    commit.close();
  }
}
