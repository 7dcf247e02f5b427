package com.poolbrain.webhooks.consumer.jdbc;

import java.sql.SQLException;

/// The database of the consumer failed. The receiver answers 500, so the delivery comes again.
public final class JdbcStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JdbcStoreException(String message, SQLException cause) {
    super(message, cause);
  }
}
