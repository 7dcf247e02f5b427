package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.Service;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been opened, to be closed in the opposite order.
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /// Keeps something that is open already.
  ///
  /// @throws IllegalStateException if everything was closed meanwhile; then so is this
  <T extends AutoCloseable> T keep(T part) {
    if (!add(part)) {
      close(part);
      throw new IllegalStateException("closed while it was starting");
    }
    return part;
  }

  private synchronized boolean add(AutoCloseable part) {
    if (!closed) {
      open.push(part);
    }
    return !closed;
  }

  /// Starts a service; if that fails, it is closed like the others.
  <T extends Service> T start(T service) {
    keep(service);
    service.start();
    return service;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Closing {} failed; the others are closed all the same", part.getClass(), e);
    }
  }
}
