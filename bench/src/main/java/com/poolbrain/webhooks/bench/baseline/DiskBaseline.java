package com.poolbrain.webhooks.bench.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// The disk alone: sequential writes of 8 KiB to a preallocated file, each forced to disk.
final class DiskBaseline {

  private static final int PAGE_BYTES = 8_192;
  private static final int PAGE_COUNT = 2_048;

  private DiskBaseline() {}

  static double syncsPerSecond(Path folder, int seconds) {
    try {
      Path file = Files.createTempFile(folder, "disk", "");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return syncsPerSecond(channel, seconds);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write to " + folder, e);
    }
  }

  private static double syncsPerSecond(FileChannel channel, int seconds) throws IOException {
    ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
    for (int i = 0; i < PAGE_COUNT; i++) {
      write(channel, page, i);
    }
    channel.force(true);
    long startNanos = System.nanoTime();
    long deadlineNanos = startNanos + TimeUnit.SECONDS.toNanos(seconds);
    int syncs = 0;
    while (System.nanoTime() < deadlineNanos) {
      write(channel, page, syncs % PAGE_COUNT);
      channel.force(false);
      syncs++;
    }
    return syncs * 1e9 / (System.nanoTime() - startNanos);
  }

  private static void write(FileChannel channel, ByteBuffer page, int pageIndex)
      throws IOException {
    page.clear();
    while (page.hasRemaining()) {
      channel.write(page, (long) pageIndex * PAGE_BYTES + page.position());
    }
  }
}
