package com.poolbrain.webhooks.contracts.consumer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// A port of every local address where nobody listens, and which the system gives nobody else
/// meanwhile: only who asks for it by its number may listen there.
public final class ClosedPort implements AutoCloseable {

  private final Socket holder;

  private ClosedPort(Socket holder) {
    this.holder = holder;
  }

  /// One that is held until it is closed.
  public static ClosedPort hold() {
    try {
      Socket holder = new Socket();
      holder.setReuseAddress(true);
      holder.bind(new InetSocketAddress(0));
      return new ClosedPort(holder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its number.
  public int number() {
    return holder.getLocalPort();
  }

  /// Where nobody is.
  public URI url() {
    return url("localhost");
  }

  /// Where nobody is, by the name of a local address.
  public URI url(String host) {
    return URI.create("https://" + host + ":" + number() + "/webhooks");
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
