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

/// An [Identity] that outlives the process: the authority in a file that clients read, the server's
/// certificate and key in a private file beside it. A restart uses them again, so that who trusted
/// the authority once goes on trusting it.
public final class IdentityFiles {

  private static final Duration SPARE = Duration.ofDays(7);

  private final Path authority;
  private final Path server;

  /// The files of the authority that clients find in `authority`, for example `ca.pem`; the
  /// server's file is then `ca-server.pem`.
  public IdentityFiles(Path authority) {
    this.authority = authority.toAbsolutePath();
    String name = authority.getFileName().toString().replaceFirst("\\.(pem|crt)$", "");
    this.server = this.authority.resolveSibling(name + "-server.pem");
  }

  /// The identity in the files; a new one if there are none or it ends within a week.
  ///
  /// @throws FileAlreadyExistsException if the authority's file is there, but not one that was made
  ///   here: it is not overwritten
  /// @throws IOException if a file cannot be read or written
  public Identity loadOrMake(Instant now) throws IOException {
    if (Files.exists(server)) {
      Identity stored = read();
      if (isUsable(stored, now)) {
        return stored;
      }
    } else if (Files.exists(authority)) {
      throw new FileAlreadyExistsException(authority.toString());
    }
    Identity made = ThrowawayAuthority.newIdentity(now);
    Files.createDirectories(authority.getParent());
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    FileAttribute<?> everybody =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
    write(server, made.certificate() + made.key(), ownerOnly);
    write(authority, made.authority(), everybody);
    return made;
  }

  private Identity read() throws IOException {
    String ca = Files.exists(authority) ? Files.readString(authority, US_ASCII) : "";
    String both = Files.readString(server, US_ASCII);
    int key = Math.max(0, both.indexOf("-----BEGIN PRIVATE KEY"));
    return new Identity(ca, both.substring(0, key), both.substring(key));
  }

  private static boolean isUsable(Identity identity, Instant now) {
    try {
      X509Certificate authority = Pem.parseCertificate(identity.authority());
      X509Certificate server = Pem.parseCertificate(identity.certificate());
      server.checkValidity(Date.from(now));
      server.checkValidity(Date.from(now.plus(SPARE)));
      server.verify(authority.getPublicKey());
      Pem.parsePrivateKey(identity.key());
      return true;
    } catch (GeneralSecurityException _) {
      return false; // torn, expired or not a pair: a new one takes its place
    }
  }

  private static void write(Path file, String text, FileAttribute<?> permissions)
      throws IOException {
    Path draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), "", permissions);
    Files.writeString(draft, text, US_ASCII);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
