package com.poolbrain.webhooks.store.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Changes to the rows of several deliveries, in lock order, written with one statement per kind.
record RowChanges(
    List<AttemptRow> newAttempts,
    List<DeliveryKey> closed,
    List<OpenDeliveryRow> updatedOpen,
    List<DeliveryRow> newlyEnded,
    List<DeliveryRow> updatedEnded) {

  RowChanges() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  void write(Connection c) throws SQLException {
    DeliveryTables.insertAttempts(c, newAttempts);
    DeliveryTables.deleteOpen(c, closed);
    DeliveryTables.updateOpen(c, updatedOpen);
    DeliveryTables.insertEnded(c, newlyEnded);
    DeliveryTables.updateEnded(c, updatedEnded);
  }
}
