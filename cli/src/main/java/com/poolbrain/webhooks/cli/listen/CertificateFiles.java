package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// Files of a [ServerCertificate]: the CA's certificate in a file for clients, the server's
/// certificate and key in a private file in the same folder. A restart uses them again, so clients
/// have to trust the CA only once.
public final class CertificateFiles {

  private static final Duration MIN_REMAINING_VALIDITY = Duration.ofDays(7);

  private final Path caFile;
  private final Path serverFile;

  /// Files beside the CA's certificate. For `ca.pem` the server's file is `ca-server.pem`.
  public CertificateFiles(Path ca) {
    this.caFile = ca.toAbsolutePath();
    String name = ca.getFileName().toString().replaceFirst("\\.(pem|crt)$", "");
    this.serverFile = this.caFile.resolveSibling(name + "-server.pem");
  }

  /// The certificate in the files; a new one if the files are missing or it expires within a week.
  ///
  /// @throws FileAlreadyExistsException if the CA's file exists without the server's file; it is
  ///   not overwritten
  /// @throws IOException if a file cannot be read or written
  public ServerCertificate loadOrCreate(Instant now) throws IOException {
    if (Files.exists(serverFile)) {
      ServerCertificate stored = read();
      if (isUsable(stored, now)) {
        return stored;
      }
    } else if (Files.exists(caFile)) {
      throw new FileAlreadyExistsException(caFile.toString());
    }
    ServerCertificate created = DevelopmentCa.newServerCertificate(now);
    Files.createDirectories(caFile.getParent());
    PrivateFiles.write(serverFile, created.certificate() + created.privateKey());
    Files.writeString(caFile, created.caCertificate(), US_ASCII);
    return created;
  }

  private ServerCertificate read() throws IOException {
    String ca = Files.exists(caFile) ? Files.readString(caFile, US_ASCII) : "";
    String serverPem = Files.readString(serverFile, US_ASCII);
    int keyStart = Math.max(0, serverPem.indexOf("-----BEGIN PRIVATE KEY"));
    return new ServerCertificate(
        ca, serverPem.substring(0, keyStart), serverPem.substring(keyStart));
  }

  private static boolean isUsable(ServerCertificate serverCertificate, Instant now) {
    try {
      X509Certificate ca = Pem.parseCertificate(serverCertificate.caCertificate());
      X509Certificate certificate = Pem.parseCertificate(serverCertificate.certificate());
      certificate.checkValidity(Date.from(now));
      certificate.checkValidity(Date.from(now.plus(MIN_REMAINING_VALIDITY)));
      certificate.verify(ca.getPublicKey());
      Pem.parsePrivateKey(serverCertificate.privateKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false; // truncated, expired or not of this CA: it is replaced
    }
  }
}
