package com.poolbrain.webhooks.store.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes files that only their owner can read: keys and passwords.
public final class PrivateFiles {

  private PrivateFiles() {}

  /// Writes a text as UTF-8. The file exists only with the whole text, and the text is on disk when
  /// this returns: a key must not be lost that something was encrypted with.
  public static void write(Path file, String text) throws IOException {
    Path incomplete = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(incomplete);
    Files.createFile(
        incomplete,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(incomplete, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
