package com.poolbrain.webhooks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes accepted events findable by what they refer to, shortly after they were accepted: nobody
/// who publishes waits for it.
final class Indexing implements Service {

  private static final Logger log = LoggerFactory.getLogger(Indexing.class);

  private final Ledger ledger;
  private final Patience patience;
  private final GroupCommit<Found> commit;

  Indexing(Ledger ledger, Clock clock, ThreadFactory threads) {
    this.ledger = ledger;
    this.patience = new Patience(clock);
    this.commit = new GroupCommit<>(GroupCommit.BatchLimits.DEFAULT, threads, this::index);
  }

  private record Found(NewEvent event) implements GroupCommit.Entry {
    @Override
    public long companyId() {
      return event.event().companyId();
    }

    @Override
    public int rows() {
      return event.refs().size();
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public void start() {
    commit.start();
  }

  void add(List<NewEvent> events) {
    for (NewEvent event : events) {
      if (!event.refs().isEmpty()) {
        commit.add(new Found(event));
      }
    }
  }

  private void index(List<Found> batch) {
    List<NewEvent> events = new ArrayList<>(batch.size());
    for (Found found : batch) {
      events.add(found.event());
    }
    if (!patience.until(() -> indexed(events))) {
      log.warn(
          "{} events are indexed after the next start, for the database is away", events.size());
    }
  }

  private boolean indexed(List<NewEvent> events) {
    try {
      ledger.index(events);
      return true;
    } catch (LedgerException.Away | LedgerException.InDoubt _) {
      return false;
    } catch (LedgerException.Refused refused) {
      log.error("{} events can't be searched for by what they refer to", events.size(), refused);
      return true;
    }
  }

  @Override
  public void close() {
    patience.close();
    commit.close();
  }
}
