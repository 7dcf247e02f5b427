package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.Identity;
import com.poolbrain.webhooks.cli.listen.IdentityFiles;
import com.poolbrain.webhooks.cli.listen.Listener;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// What the demo needs: a consumer over HTTPS, and a service with a database of its own that trusts
/// it, all in a temporary folder.
final class Stage implements AutoCloseable {

  private static final int KEY_BYTES = 20;

  private final ReentrantLock turn = new ReentrantLock();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile boolean closed;

  /// What is there once it is set up.
  ///
  /// @param key of the demo's operator
  record Parts(URI service, String key, Listener listener) {}

  /// Sets it up. Who closes it meanwhile waits until that is done, so that nothing is left behind.
  ///
  /// @param port of the service, 0 for any free one
  /// @param start makes a service of the settings in an environment
  Parts open(int port, Function<Map<String, String>, RunningService> start) {
    turn.lock();
    try {
      if (closed) {
        throw Failure.of("interrupted while the demo was starting.");
      }
      Folder folder = started(Folder.make());
      Path ca = folder.resolve("ca.pem");
      Listener listener = started(listener(ca));
      String key = "demo_" + HexFormat.of().formatHex(randomBytes());
      RunningService service =
          started(
              start.apply(
                  Map.of(
                      "WEBHOOKS_PORT",
                      Integer.toString(port),
                      "WEBHOOKS_DATA_DIR",
                      folder.resolve("data").toString(),
                      "WEBHOOKS_ADMIN_KEY",
                      key,
                      "WEBHOOKS_EXTRA_CA",
                      ca.toString(),
                      "WEBHOOKS_ALLOWED_NETWORKS",
                      "127.0.0.0/8,::1/128",
                      "WEBHOOKS_RETRY_SCHEDULE",
                      "500ms,1s,2s")));
      return new Parts(service.url(), key, listener);
    } finally {
      turn.unlock();
    }
  }

  /// Takes everything down, in reverse order. Closing twice is fine.
  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      while (!started.isEmpty()) {
        started.pop().close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No part of the stage throws this.", e);
    } finally {
      turn.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private static Listener listener(Path ca) {
    try {
      Identity identity = new IdentityFiles(ca).loadOrMake(Instant.now());
      return Listener.start("127.0.0.1", 0, identity);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An identity that was just made is one.", e);
    } catch (IOException e) {
      throw Failure.of("the demo's consumer cannot start: " + Reason.of(e));
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    started.push(part);
    return part;
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
