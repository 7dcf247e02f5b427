package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.TlsProvider;
import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import javax.net.ssl.SSLException;

/// The TLS of a receiver that another server calls: the same authority in each run, so that it has
/// to be trusted only once.
final class ReceiverTls {

  private ReceiverTls() {}

  /// @param caFile PEM file, made if it is not there
  /// @throws Failure if it can't be made, or is somebody else's
  static Receiver.SslContextProvider loadOrCreate(Path caFile) {
    try {
      ServerCertificate serverCertificate =
          new CertificateFiles(caFile).loadOrCreate(Instant.now());
      SslContext context =
          SslContextBuilder.forServer(
                  toStream(serverCertificate.certificate()),
                  toStream(serverCertificate.privateKey()))
              .sslProvider(TlsProvider.preferred())
              .build();
      return _ -> context;
    } catch (FileAlreadyExistsException e) {
      throw CommandException.of(
          e.getFile()
              + " is there already and was not made by the bench: name another file with"
              + " --receive-ca.");
    } catch (SSLException e) {
      throw new IllegalStateException("An identity that was just checked or made is one.", e);
    } catch (IOException e) {
      throw CommandException.of("cannot write the certificate to %s: %s".formatted(caFile, e));
    }
  }

  private static InputStream toStream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
