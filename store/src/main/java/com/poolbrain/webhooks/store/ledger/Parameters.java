package com.poolbrain.webhooks.store.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// The parameters of a statement, given one after the other.
final class Parameters {

  private final PreparedStatement statement;
  private int given;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters add(UUID value) throws SQLException {
    statement.setObject(++given, value);
    return this;
  }

  Parameters add(long value) throws SQLException {
    statement.setLong(++given, value);
    return this;
  }

  Parameters add(int value) throws SQLException {
    statement.setInt(++given, value);
    return this;
  }

  Parameters add(boolean value) throws SQLException {
    statement.setBoolean(++given, value);
    return this;
  }

  Parameters add(String value) throws SQLException {
    statement.setString(++given, value);
    return this;
  }

  Parameters add(Column column) throws SQLException {
    statement.setObject(++given, column);
    return this;
  }
}
