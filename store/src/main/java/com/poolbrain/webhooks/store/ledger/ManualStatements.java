package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.CancelOutcome;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Statements of manual operations on one delivery: redeliver and cancel.
final class ManualStatements {

  private static final String LOCK_NODE =
      """
      select 1 from node where incarnation = ? for key share
      """;

  private static final String FIND_ERASED_AT =
      """
      select erased_at from event where id = ? and erased_at is not null
      """;

  private final Transactions transactions;

  ManualStatements(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Gives a delivery to a node for one manual attempt.
  ReopenResult reopen(UUID incarnation, DeliveryKey key) {
    return transactions.inTransaction(c -> {
      if (Sql.first(c, LOCK_NODE, p -> p.add(incarnation), row -> row.getInt(1)) == null) {
        return new ReopenResult.Busy();
      }
      DeliveryTables.LockedRows rows = DeliveryTables.lock(c, List.of(key));
      OpenDeliveryRow open = rows.open().get(key);
      DeliveryRow ended = rows.ended().get(key);
      if (open != null && open.state().owner() != null) {
        return new ReopenResult.Busy();
      }
      DeliveryInfo info = open != null ? open.info() : ended == null ? null : ended.info();
      Event event = info == null ? null : DeliveryTables.findEvent(c, info.eventId());
      if (event == null) {
        return new ReopenResult.NotFound();
      }
      Instant erasedAt =
          Sql.first(c, FIND_ERASED_AT, p -> p.add(event.id()), ManualStatements::erasedAt);
      if (erasedAt != null) {
        return new ReopenResult.Erased(erasedAt);
      }
      OpenDeliveryRow owned =
          open != null ? claim(c, open, incarnation) : DeliveryTables.reopen(c, key, incarnation);
      return owned == null
          ? new ReopenResult.Busy()
          : new ReopenResult.Reopened(owned.toClaim(event).asManual());
    });
  }

  private static Instant erasedAt(ResultSet row) throws SQLException {
    return ColumnValues.instant(row, "erased_at");
  }

  private static OpenDeliveryRow claim(Connection c, OpenDeliveryRow open, UUID incarnation)
      throws SQLException {
    OpenDeliveryRow owned = open.claimedBy(incarnation);
    DeliveryTables.updateOpen(c, List.of(owned));
    return owned;
  }

  /// Cancels a delivery that is open, has no owner and is not reopened.
  CancelOutcome cancel(DeliveryKey key) {
    return transactions.inTransaction(c -> {
      DeliveryTables.LockedRows rows = DeliveryTables.lock(c, List.of(key));
      OpenDeliveryRow open = rows.open().get(key);
      if (open == null) {
        return CancelOutcome.unchanged(
            rows.ended().isEmpty() ? CancelResult.NOT_FOUND : CancelResult.ALREADY_ENDED);
      }
      if (open.isReopened() || !open.state().isSkippable()) {
        return CancelOutcome.unchanged(CancelResult.BUSY);
      }
      DeliveryTables.deleteOpen(c, List.of(key));
      DeliveryTables.insertEnded(c, List.of(open.skipped(SkipReason.CANCELLED)));
      return CancelOutcome.cancelled(
          new DeliveriesSkipped(
              key.companyId(),
              open.info().endpointId(),
              SkipReason.CANCELLED,
              List.of(new SkippedDelivery(key.id(), open.info().eventName()))));
    });
  }
}
