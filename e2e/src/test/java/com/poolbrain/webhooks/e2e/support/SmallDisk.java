package com.poolbrain.webhooks.e2e.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A disk of its own for a folder, small enough to be filled. Mounting it needs root, or `sudo`
/// without a password.
public final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 4_096;

  private final Path folder;
  private final Path fillerFile;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.fillerFile = folder.resolve("filler");
  }

  /// Mounts one on an empty folder.
  public static SmallDisk mount(Path folder, int megabytes) {
    runAsRoot(
        "mount", "-t", "tmpfs", "-o", "mode=755,size=" + megabytes + "m", "none", "" + folder);
    return new SmallDisk(folder);
  }

  /// Leaves no room on it, nor what has become free since it was filled.
  public void fill() {
    byte[] zeros = new byte[CHUNK];
    boolean full = false;
    try (OutputStream file =
        Files.newOutputStream(fillerFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (!full) {
        full = !tryWrite(file, zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean tryWrite(OutputStream file, byte[] bytes) {
    try {
      file.write(bytes);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  /// Makes room again.
  public void freeSpace() throws IOException {
    Files.delete(fillerFile);
  }

  @Override
  public void close() {
    runAsRoot("umount", "" + folder);
  }

  private static void runAsRoot(String... arguments) {
    List<String> command = new ArrayList<>();
    if (!System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("sudo", "-n"));
    }
    command.addAll(List.of(arguments));
    Shell.run(command, "this test needs root");
  }
}
