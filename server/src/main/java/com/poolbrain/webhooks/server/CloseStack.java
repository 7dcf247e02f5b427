package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.runtime.Service;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been opened, to be closed in the opposite order.
final class CloseStack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private boolean closed;

  /// Keeps something that is open already.
  ///
  /// @throws IllegalStateException if everything was closed meanwhile; then so is this
  <T extends AutoCloseable> T keep(T resource) {
    if (!tryKeep(resource)) {
      close(resource);
      throw new IllegalStateException("closed while it was starting");
    }
    return resource;
  }

  private synchronized boolean tryKeep(AutoCloseable resource) {
    if (!closed) {
      resources.push(resource);
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
    while (!resources.isEmpty()) {
      close(resources.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Closing {} failed; the others are closed all the same", resource.getClass(), e);
    }
  }
}
