package com.poolbrain.webhooks.bench.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// The disk alone: how often 8 KiB of a file that has its space already can be forced to it.
final class DiskBaseline {

  private static final int PAGE_BYTES = 8_192;
  private static final int PAGE_COUNT = 2_048;

  private final Path folder;
  private final MeasurementPeriod measurementPeriod;

  DiskBaseline(Path folder, MeasurementPeriod measurementPeriod) {
    this.folder = folder;
    this.measurementPeriod = measurementPeriod;
  }

  double syncsPerSecond() throws IOException {
    Path file = Files.createTempFile(folder, "disk", "");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
      for (int i = 0; i < PAGE_COUNT; i++) {
        write(channel, page, i);
      }
      channel.force(true);
      long startNanos = System.nanoTime();
      long deadlineNanos =
          startNanos + TimeUnit.SECONDS.toNanos(measurementPeriod.measuredSeconds());
      int syncs = 0;
      while (System.nanoTime() < deadlineNanos) {
        write(channel, page, syncs % PAGE_COUNT);
        channel.force(false);
        syncs++;
      }
      return syncs * 1e9 / (System.nanoTime() - startNanos);
    } finally {
      Files.delete(file);
    }
  }

  private static void write(FileChannel channel, ByteBuffer page, int pageIndex)
      throws IOException {
    page.clear();
    while (page.hasRemaining()) {
      channel.write(page, (long) pageIndex * PAGE_BYTES + page.position());
    }
  }
}
