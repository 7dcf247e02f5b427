package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Small file system on a folder, to be filled. Mounting it needs root, or `sudo` without a
/// password.
public final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 4_096;

  private final Path folder;
  private final Path fillerFile;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.fillerFile = folder.resolve("filler");
  }

  /// Mounts a file system on an empty folder.
  public static SmallDisk mount(Path folder, int megabytes) {
    runAsRoot(
        "mount", "-t", "tmpfs", "-o", "mode=755,size=" + megabytes + "m", "none", "" + folder);
    return new SmallDisk(folder);
  }

  /// Fills all free space, also what was freed since the last call.
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

  /// Frees the space.
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
    try (ServiceProcess process = ServiceProcess.start(new ProcessBuilder(command))) {
      if (process.awaitExitCode() != 0) {
        throw new AssertionError(
            "%s failed; mounting needs root or sudo without a password: %s"
                .formatted(command, process.outputText()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
