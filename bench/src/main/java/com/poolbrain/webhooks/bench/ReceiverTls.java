package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.cli.listen.IdentityFiles;
import com.poolbrain.webhooks.cli.terminal.Failure;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.net.ssl.SSLContext;

/// The TLS of a receiver that another server calls: the same authority in each run, so that it has
/// to be trusted only once.
final class ReceiverTls {

  private ReceiverTls() {}

  /// @param authority PEM file, made if it is not there
  /// @throws Failure if it can't be made, or is somebody else's
  static Receiver.Tls of(Path authority) {
    try {
      SSLContext tls = new IdentityFiles(authority).loadOrMake(Instant.now()).tls();
      SslContext context =
          new JdkSslContext(
              tls,
              false,
              null,
              IdentityCipherSuiteFilter.INSTANCE,
              ApplicationProtocolConfig.DISABLED,
              ClientAuth.NONE,
              null,
              false);
      return _ -> context;
    } catch (FileAlreadyExistsException e) {
      throw Failure.of(
          e.getFile()
              + " is there already and was not made by the bench: name another file with"
              + " --receive-ca.");
    } catch (IOException e) {
      throw Failure.of("cannot write the certificate to %s: %s".formatted(authority, e));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An identity that was just checked or made is one.", e);
    }
  }
}
