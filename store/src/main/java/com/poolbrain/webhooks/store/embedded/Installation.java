package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The binaries of a PostgreSQL version.
///
/// @param bin the folder that contains `initdb`, `pg_ctl` and `postgres`
public record Installation(Path bin) {

  private static final String BUNDLED_ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final String UNPACKING_PREFIX = "postgresql-unpacking-";

  /// The PostgreSQL 18 that comes with the service, unpacked once into a folder below `folder`.
  static Installation unpackBundled(Path folder) throws IOException {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      throw new StartupException(
          "There is no embedded PostgreSQL for %s, only for Linux amd64: set WEBHOOKS_DATABASE_URL to a PostgreSQL 15 or newer."
              .formatted(platform));
    }
    return unpack(BUNDLED_ARCHIVE, EmbeddedPostgres.VERSION, folder);
  }

  /// The PostgreSQL of an archive on the class path, unpacked once into a folder below `folder`.
  static Installation unpack(String archive, String version, Path folder) throws IOException {
    Path target = folder.resolve("postgresql-" + version);
    if (!Files.exists(target)) {
      Path incomplete = folder.resolve(UNPACKING_PREFIX + ProcessHandle.current().pid());
      FileTrees.delete(incomplete);
      try (InputStream in = Installation.class.getResourceAsStream(archive)) {
        if (in == null) {
          throw new IOException("The class path has no " + archive + ".");
        }
        unpack(in, incomplete);
      }
      moveIfAbsent(incomplete, target);
    }
    return new Installation(target.resolve("bin"));
  }

  private static void moveIfAbsent(Path incomplete, Path target) throws IOException {
    try {
      Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(target)) {
        throw e;
      }
      FileTrees.delete(incomplete); // another process was faster
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    Files.createDirectory(target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        Path path = e.resolveIn(target);
        Files.createDirectories(e.isDirectory() ? path : path.getParent());
        if (e.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(e.getLinkName()));
        } else if (e.isFile()) {
          Files.copy(tar, path);
        }
        if (!e.isSymbolicLink()) {
          boolean isExecutable = e.isDirectory() || (e.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(isExecutable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}
