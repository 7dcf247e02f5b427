package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// Keys that nobody set, made up once and kept in the data folder, readable by its owner only.
final class GeneratedKeys {

  private static final int BYTES = 32;

  private final Path folder;
  private final SecureRandom random;

  GeneratedKeys(Path folder, SecureRandom random) {
    this.folder = folder;
    this.random = random;
  }

  /// A key and where it is kept.
  ///
  /// @param created whether it was made just now
  record Kept(String key, Path file, boolean created) {}

  /// The master key: base64 of 32 bytes.
  String master() {
    return keep("master.key", Base64.getEncoder().encodeToString(bytes())).key();
  }

  /// The first operator key.
  Kept admin() {
    String text = "pbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    return keep("admin.key", text);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Down to the disk: what the database keeps encrypted must not outlive its key.
  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private Kept keep(String name, String made) {
    Path file = folder.resolve(name);
    try {
      if (Files.exists(file)) {
        return new Kept(Files.readString(file).strip(), file, false);
      }
      Path unfinished = folder.resolve(name + ".unfinished");
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      write(unfinished, made + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return new Kept(made, file, true);
    } catch (IOException e) {
      throw new StartupException(
          "The key in %s can't be read or written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
