package com.poolbrain.webhooks.http.stream;

import java.io.IOException;

/// Sends the parts of a [BodyStream] to its client.
public interface BodyWriter {

  /// Sends a part. Returns when the connection has room for the next one, so a slow client slows
  /// the caller down and fills no memory.
  ///
  /// @throws IOException if the connection was lost, the service is stopping, or the client has
  ///   taken nothing for as long as a body may take
  void write(byte[] part) throws IOException, InterruptedException;
}
