package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.embedded.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders for test databases in the build folder.
public final class TestFolders {

  /// The folder into which the PostgreSQL binaries are unpacked once.
  public static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

  private TestFolders() {}

  /// Creates an empty folder.
  public static Path createFolder() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "postgres-data").toAbsolutePath());
      Path folder = Files.createTempDirectory(parent, "test-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Creates a copy of a folder with the same owners.
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

  /// Deletes a folder with its content.
  public static void delete(Path folder) {
    try {
      FileTrees.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
