package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// What people do with a single delivery: send it again, or cancel it.
final class ByHand {

  private static final String ALIVE =
      """
      select 1 from node where incarnation = ? for key share
      """;

  private final Transactions transactions;

  ByHand(Transactions transactions) {
    this.transactions = transactions;
  }

  Reopening reopen(UUID incarnation, Key key) {
    return transactions.inTransaction(c -> {
      if (Sql.first(c, ALIVE, p -> p.add(incarnation), row -> row.getInt(1)) == null) {
        return new Reopening.Busy();
      }
      Open open = Deliveries.lockOpen(c, List.of(key)).get(key);
      if (open != null) {
        return open.owner() == null ? take(c, open, incarnation) : new Reopening.Busy();
      }
      Ended ended = Deliveries.lockEnded(c, List.of(key)).get(key);
      return ended == null ? new Reopening.Unknown() : openAgain(c, ended, incarnation);
    });
  }

  Cancelling cancel(Key key) {
    return transactions.inTransaction(c -> {
      Open open = Deliveries.lockOpen(c, List.of(key)).get(key);
      if (open == null) {
        return Deliveries.lockEnded(c, List.of(key)).isEmpty()
            ? Cancelling.UNKNOWN
            : Cancelling.ENDED;
      }
      if (open.owner() != null || open.reopened()) {
        return Cancelling.BUSY;
      }
      Deliveries.close(c, List.of(key));
      Deliveries.end(c, List.of(Ended.of(open, Ended.End.skipped(SkipReason.CANCELLED), null)));
      return Cancelling.CANCELLED;
    });
  }

  private static Reopening take(Connection c, Open open, UUID incarnation) throws SQLException {
    Event event = Deliveries.event(c, open.kind().eventId());
    if (event == null) {
      return new Reopening.Unknown();
    }
    Deliveries.change(c, List.of(open.ownedBy(incarnation)));
    return new Reopening.Reopened(open.claim(event, Trigger.MANUAL));
  }

  private static Reopening openAgain(Connection c, Ended ended, UUID incarnation)
      throws SQLException {
    Event event = Deliveries.event(c, ended.kind().eventId());
    if (event == null) {
      return new Reopening.Unknown();
    }
    Open open = Deliveries.reopen(c, ended.key(), incarnation);
    return open == null
        ? new Reopening.Busy()
        : new Reopening.Reopened(open.claim(event, Trigger.MANUAL));
  }
}
