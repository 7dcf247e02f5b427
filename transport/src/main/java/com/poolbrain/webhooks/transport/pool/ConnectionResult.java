package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.http.Connection;

/// A connection to a host, or the reason why there is none.
public sealed interface ConnectionResult {

  /// A connection.
  ///
  /// @param reused whether the connection has carried an exchange before
  record Connected(Connection connection, boolean reused) implements ConnectionResult {}

  /// No connection could be opened.
  record Failed(ErrorClass error) implements ConnectionResult {}
}
