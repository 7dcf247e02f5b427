package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
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
final class DemoEnvironment implements AutoCloseable {

  private static final int KEY_BYTES = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
  private volatile boolean closed;

  /// What is there once it is set up.
  ///
  /// @param adminKey of the demo's operator
  record Started(URI serviceUrl, String adminKey, WebhookListener listener) {}

  /// Sets it up. Who closes it meanwhile waits until that is done, so that nothing is left behind.
  ///
  /// @param port of the service, 0 for any free one
  /// @param serviceFactory makes a service of the settings in an environment
  Started start(int port, Function<Map<String, String>, DemoService> serviceFactory) {
    lock.lock();
    try {
      if (closed) {
        throw CommandException.of("interrupted while the demo was starting.");
      }
      TemporaryFolder folder = closeables(TemporaryFolder.create());
      Path caFile = folder.resolve("ca.pem");
      WebhookListener listener = closeables(startListener(caFile));
      String adminKey = "demo_" + HexFormat.of().formatHex(randomBytes());
      DemoService service =
          closeables(
              serviceFactory.apply(
                  Map.of(
                      "WEBHOOKS_PORT",
                      Integer.toString(port),
                      "WEBHOOKS_DATA_DIR",
                      folder.resolve("data").toString(),
                      "WEBHOOKS_ADMIN_KEY",
                      adminKey,
                      "WEBHOOKS_EXTRA_CA",
                      caFile.toString(),
                      "WEBHOOKS_ALLOWED_NETWORKS",
                      "127.0.0.0/8,::1/128",
                      "WEBHOOKS_RETRY_SCHEDULE",
                      "500ms,1s,2s")));
      return new Started(service.url(), adminKey, listener);
    } finally {
      lock.unlock();
    }
  }

  /// Takes everything down, in reverse order. Closing twice is fine.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!closeables.isEmpty()) {
        closeables.pop().close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No part of the stage throws this.", e);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private static WebhookListener startListener(Path caFile) {
    try {
      ServerCertificate serverCertificate =
          new CertificateFiles(caFile).loadOrCreate(Instant.now());
      return WebhookListener.start("127.0.0.1", 0, serverCertificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An identity that was just made is one.", e);
    } catch (IOException e) {
      throw CommandException.of("the demo's consumer cannot start: " + IoMessages.describe(e));
    }
  }

  private <T extends AutoCloseable> T closeables(T part) {
    closeables.push(part);
    return part;
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
