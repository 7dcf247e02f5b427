package com.poolbrain.webhooks.testkit.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// A port of every local address where nobody listens, and which the system gives nobody else
/// meanwhile: only who asks for it by its number may listen there.
public final class ClosedPort implements AutoCloseable {

  private final Socket reservation;

  private ClosedPort(Socket reservation) {
    this.reservation = reservation;
  }

  /// One that is held until it is closed.
  public static ClosedPort reserve() {
    try {
      Socket reservation = new Socket();
      reservation.setReuseAddress(true);
      reservation.bind(new InetSocketAddress(0));
      return new ClosedPort(reservation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its number.
  public int port() {
    return reservation.getLocalPort();
  }

  /// Where nobody is.
  public URI url() {
    return url("localhost");
  }

  /// Where nobody is, by the name of a local address.
  public URI url(String host) {
    return URI.create("https://" + host + ":" + port() + "/webhooks");
  }

  @Override
  public void close() {
    try {
      reservation.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
