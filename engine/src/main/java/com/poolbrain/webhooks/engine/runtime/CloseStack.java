package com.poolbrain.webhooks.engine.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Open resources in the order of their opening. `close()` closes them in reverse order.
///
/// A resource that fails to close is logged, and the others are closed all the same. Closing twice
/// is fine; every `close()` returns when all resources are closed.
///
/// ```
/// Database database = closeStack.keep(Database.open(settings));
/// HttpListener listener = closeStack.start(new HttpListener(database));
/// ```
public final class CloseStack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private volatile boolean closed;

  /// Adds a resource that is open already.
  ///
  /// @throws IllegalStateException if the stack was closed meanwhile; the resource is closed then
  public <T extends AutoCloseable> T keep(T resource) {
    if (!tryKeep(resource)) {
      close(resource);
      throw new IllegalStateException("closed while it was starting");
    }
    return resource;
  }

  private boolean tryKeep(AutoCloseable resource) {
    lock.lock();
    try {
      if (!closed) {
        resources.push(resource);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /// Adds a service and starts it. A service whose start fails is closed with the stack.
  public <T extends Service> T start(T service) {
    keep(service);
    service.start();
    return service;
  }

  /// Whether `close()` was called. It may be at work still.
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!resources.isEmpty()) {
        close(resources.pop());
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn(
          "Closing {} failed. The other resources are closed all the same.",
          resource.getClass().getName(),
          e);
    }
  }
}
