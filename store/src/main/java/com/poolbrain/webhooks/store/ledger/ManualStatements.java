package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// What people do with a single delivery: send it again, or cancel it.
final class ManualStatements {

  private static final String LOCK_NODE =
      """
      select 1 from node where incarnation = ? for key share
      """;

  private final Transactions transactions;

  ManualStatements(Transactions transactions) {
    this.transactions = transactions;
  }

  ReopenResult reopen(UUID incarnation, DeliveryKey deliveryKey) {
    return transactions.inTransaction(c -> {
      if (Sql.first(c, LOCK_NODE, p -> p.add(incarnation), row -> row.getInt(1)) == null) {
        return new ReopenResult.Busy();
      }
      OpenDeliveryRow openDeliveryRow =
          DeliveryTables.lockOpen(c, List.of(deliveryKey)).get(deliveryKey);
      if (openDeliveryRow != null) {
        return openDeliveryRow.owner() == null
            ? claimOpen(c, openDeliveryRow, incarnation)
            : new ReopenResult.Busy();
      }
      DeliveryRow deliveryRow = DeliveryTables.lockEnded(c, List.of(deliveryKey)).get(deliveryKey);
      return deliveryRow == null
          ? new ReopenResult.NotFound()
          : reopenEnded(c, deliveryRow, incarnation);
    });
  }

  CancelResult cancel(DeliveryKey deliveryKey) {
    return transactions.inTransaction(c -> {
      OpenDeliveryRow openDeliveryRow =
          DeliveryTables.lockOpen(c, List.of(deliveryKey)).get(deliveryKey);
      if (openDeliveryRow == null) {
        return DeliveryTables.lockEnded(c, List.of(deliveryKey)).isEmpty()
            ? CancelResult.NOT_FOUND
            : CancelResult.ALREADY_ENDED;
      }
      if (openDeliveryRow.owner() != null || openDeliveryRow.isReopened()) {
        return CancelResult.BUSY;
      }
      DeliveryTables.deleteOpen(c, List.of(deliveryKey));
      DeliveryTables.insertEnded(
          c,
          List.of(
              DeliveryRow.of(
                  openDeliveryRow, DeliveryRow.FinalStatus.skipped(SkipReason.CANCELLED), null)));
      return CancelResult.CANCELLED;
    });
  }

  private static ReopenResult claimOpen(
      Connection c, OpenDeliveryRow openDeliveryRow, UUID incarnation) throws SQLException {
    Event event = DeliveryTables.findEvent(c, openDeliveryRow.info().eventId());
    if (event == null) {
      return new ReopenResult.NotFound();
    }
    DeliveryTables.updateOpen(c, List.of(openDeliveryRow.withOwner(incarnation)));
    return new ReopenResult.Reopened(openDeliveryRow.toClaim(event, Trigger.MANUAL));
  }

  private static ReopenResult reopenEnded(Connection c, DeliveryRow deliveryRow, UUID incarnation)
      throws SQLException {
    Event event = DeliveryTables.findEvent(c, deliveryRow.info().eventId());
    if (event == null) {
      return new ReopenResult.NotFound();
    }
    OpenDeliveryRow openDeliveryRow =
        DeliveryTables.reopen(c, deliveryRow.deliveryKey(), incarnation);
    return openDeliveryRow == null
        ? new ReopenResult.Busy()
        : new ReopenResult.Reopened(openDeliveryRow.toClaim(event, Trigger.MANUAL));
  }
}
