package com.poolbrain.webhooks.bench.limits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// The disk alone: how often 8 KiB of a file that has its space already can be forced to it.
final class DiskLimit {

  private static final int PAGE = 8_192;
  private static final int PAGES = 2_048;

  private final Path folder;
  private final Spell spell;

  DiskLimit(Path folder, Spell spell) {
    this.folder = folder;
    this.spell = spell;
  }

  double syncsPerSecond() throws IOException {
    Path file = Files.createTempFile(folder, "disk", "");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
      for (int i = 0; i < PAGES; i++) {
        write(channel, page, i);
      }
      channel.force(true);
      long begin = System.nanoTime();
      long end = begin + TimeUnit.SECONDS.toNanos(spell.seconds());
      int syncs = 0;
      while (System.nanoTime() < end) {
        write(channel, page, syncs % PAGES);
        channel.force(false);
        syncs++;
      }
      return syncs * 1e9 / (System.nanoTime() - begin);
    } finally {
      Files.delete(file);
    }
  }

  private static void write(FileChannel channel, ByteBuffer page, int number) throws IOException {
    page.clear();
    while (page.hasRemaining()) {
      channel.write(page, (long) number * PAGE + page.position());
    }
  }
}
