package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.load.BenchEventLoop;
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

/// The TLS of a receiver that another server calls. Its CA is kept in a file, so that the server
/// has to trust it only once.
final class ReceiverTls {

  private ReceiverTls() {}

  /// @param caFile PEM file, created if it does not exist
  static SslContext loadOrCreate(Path caFile) {
    try {
      ServerCertificate certificate = new CertificateFiles(caFile).loadOrCreate(Instant.now());
      return SslContextBuilder.forServer(
              toStream(certificate.certificate()), toStream(certificate.privateKey()))
          .sslProvider(BenchEventLoop.TLS_PROVIDER)
          .build();
    } catch (FileAlreadyExistsException e) {
      throw CommandException.of(
          e.getFile() + " was not created by the bench. Name another file with --receive-ca.");
    } catch (IOException e) {
      throw CommandException.of(
          "The certificate %s can't be written or used: %s".formatted(caFile, e));
    }
  }

  private static InputStream toStream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
