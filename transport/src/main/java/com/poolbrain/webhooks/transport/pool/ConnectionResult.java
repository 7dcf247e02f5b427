package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.http.Connection;
import java.net.InetAddress;

/// A connection to a host, or the reason why there is none.
public sealed interface ConnectionResult {

  /// A connection.
  ///
  /// @param reused whether it was not opened for this request, so that the server may close it as
  ///   idle just when the request is sent
  record Connected(Connection connection, boolean reused) implements ConnectionResult {}

  /// No connection could be opened.
  ///
  /// @param address that was tried last
  record Failed(Failure failure, InetAddress address) implements ConnectionResult {}
}
