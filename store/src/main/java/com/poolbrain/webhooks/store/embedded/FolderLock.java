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

/// The claim of one living process on a folder. The system lets go of it when the process ends,
/// however that happens.
final class FolderLock implements AutoCloseable {

  /// Folders that this very process holds: locks of files are by process, and closing any other
  /// channel to the file would release them.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Path holder = real.resolve("instance.pid");
    if (!HELD.add(real)) {
      throw taken(folder, holder);
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      channel =
          FileChannel.open(
              real.resolve("instance.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(folder, holder);
      }
      Files.writeString(holder, Long.toString(ProcessHandle.current().pid()));
      held = true;
      return new FolderLock(real, channel);
    } finally {
      if (!held) {
        HELD.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static StartupException taken(Path folder, Path holder) throws IOException {
    String pid = Files.exists(holder) ? Files.readString(holder).strip() : "unknown";
    return new StartupException(
        "The data folder %s is in use by process %s: stop it, or set WEBHOOKS_DATA_DIR to another folder."
            .formatted(folder, pid));
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(folder);
    }
  }
}
