package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An exclusive lock of a process on a folder. The operating system releases it when the process
/// ends, even after a kill.
final class FolderLock implements AutoCloseable {

  /// Folders that this process has locked. File locks belong to a process, and closing any channel
  /// to the file would release them.
  private static final Set<Path> LOCKED_FOLDERS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock acquire(Path folder) throws IOException {
    Path realFolder = folder.toRealPath();
    Path pidFile = realFolder.resolve("instance.pid");
    if (!LOCKED_FOLDERS.add(realFolder)) {
      throw inUse(folder, pidFile);
    }
    FileChannel channel = null;
    boolean acquired = false;
    try {
      channel =
          FileChannel.open(
              realFolder.resolve("instance.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder, pidFile);
      }
      Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
      acquired = true;
      return new FolderLock(realFolder, channel);
    } finally {
      if (!acquired) {
        LOCKED_FOLDERS.remove(realFolder);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static StartupException inUse(Path folder, Path pidFile) throws IOException {
    String pid = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "unknown";
    return new StartupException(
        "The data folder %s is in use by process %s: stop it, or set WEBHOOKS_DATA_DIR to another folder."
            .formatted(folder, pid));
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      LOCKED_FOLDERS.remove(folder);
    }
  }
}
