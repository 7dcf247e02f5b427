package com.poolbrain.webhooks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders for test databases, below the build's own.
public final class TestFolders {

  /// Where the embedded PostgreSQL is unpacked, once for all tests.
  public static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

  private TestFolders() {}

  /// A new, empty folder.
  public static Path createFolder() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "postgres-data").toAbsolutePath());
      Path folder = Files.createTempDirectory(parent, "test-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A new folder with the same in it, of the same owners.
  public static Path createCopy(Path folder) {
    Path copy = createFolder();
    try {
      Process cp =
          new ProcessBuilder("cp", "-a", folder + "/.", copy.toString()).inheritIO().start();
      if (cp.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("can't copy " + folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  /// Deletes a folder with all that is in it.
  public static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
