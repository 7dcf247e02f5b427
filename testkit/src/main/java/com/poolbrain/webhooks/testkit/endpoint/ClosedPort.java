package com.poolbrain.webhooks.testkit.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// Reserved port on which nothing listens. The system assigns it to no other socket; a process that
/// binds to its number may listen on it.
public final class ClosedPort implements AutoCloseable {

  private final Socket reservation;

  private ClosedPort(Socket reservation) {
    this.reservation = reservation;
  }

  /// Reserves a port until [#close()].
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

  /// The port number.
  public int port() {
    return reservation.getLocalPort();
  }

  /// An `https` URL on `localhost` with this port.
  public URI url() {
    return url("localhost");
  }

  /// An `https` URL on another name of this machine with this port.
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
