package com.poolbrain.webhooks.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// The parameters of a statement, given one after the other.
public final class ParameterBinder {

  private final PreparedStatement statement;
  private int index;

  ParameterBinder(PreparedStatement statement) {
    this.statement = statement;
  }

  public ParameterBinder add(UUID value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }

  public ParameterBinder add(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  public ParameterBinder add(int value) throws SQLException {
    statement.setInt(++index, value);
    return this;
  }

  public ParameterBinder add(boolean value) throws SQLException {
    statement.setBoolean(++index, value);
    return this;
  }

  public ParameterBinder add(String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  public ParameterBinder add(PgBinaryArray array) throws SQLException {
    statement.setObject(++index, array);
    return this;
  }
}
