package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// An [ServerCertificate] that outlives the process: the authority in a file that clients read, the
/// server's certificate and key in a private file beside it. A restart uses them again, so that who
/// trusted the authority once goes on trusting it.
public final class CertificateFiles {

  private static final Duration MIN_REMAINING_VALIDITY = Duration.ofDays(7);

  private final Path caFile;
  private final Path serverFile;

  /// The files of the authority that clients find in `authority`, for example `ca.pem`; the
  /// server's file is then `ca-server.pem`.
  public CertificateFiles(Path ca) {
    this.caFile = ca.toAbsolutePath();
    String name = ca.getFileName().toString().replaceFirst("\\.(pem|crt)$", "");
    this.serverFile = this.caFile.resolveSibling(name + "-server.pem");
  }

  /// The identity in the files; a new one if there are none or it ends within a week.
  ///
  /// @throws FileAlreadyExistsException if the authority's file is there, but not one that was made
  ///   here: it is not overwritten
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
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    FileAttribute<?> worldReadable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
    writeAtomically(serverFile, created.certificate() + created.privateKey(), ownerOnly);
    writeAtomically(caFile, created.caCertificate(), worldReadable);
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
      return false; // torn, expired or not a pair: a new one takes its place
    }
  }

  private static void writeAtomically(Path file, String text, FileAttribute<?> permissions)
      throws IOException {
    Path temporaryFile =
        Files.createTempFile(file.getParent(), "." + file.getFileName(), "", permissions);
    Files.writeString(temporaryFile, text, US_ASCII);
    Files.move(temporaryFile, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
