package com.poolbrain.webhooks.e2e.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// A port on loopback where nobody listens, and which nobody else is given meanwhile.
public final class ClosedPort implements AutoCloseable {

  private final Socket holder;

  private ClosedPort(Socket holder) {
    this.holder = holder;
  }

  /// One that is held until it is closed.
  public static ClosedPort hold() {
    try {
      Socket holder = new Socket();
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new ClosedPort(holder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where nobody is.
  public URI url() {
    return URI.create("https://localhost:" + holder.getLocalPort() + "/webhooks");
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
