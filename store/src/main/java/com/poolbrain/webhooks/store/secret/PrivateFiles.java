package com.poolbrain.webhooks.store.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that only their owner can read: keys and passwords.
public final class PrivateFiles {

  /// The mode of a new file: 0600.
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// The mode of a new folder: 0700.
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);

  private PrivateFiles() {}

  /// Writes a text as UTF-8. The file exists only with the whole text, and the text is on disk when
  /// this returns: a key must not be lost that something was encrypted with.
  public static void write(Path file, String text) throws IOException {
    Path incomplete = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(incomplete);
    Files.createFile(incomplete, OWNER_ONLY_FILE);
    try (FileChannel channel = FileChannel.open(incomplete, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Reads a file that holds one key or password, without white space around it. Warns if other
  /// users have access to the file.
  public static String read(Path file) throws IOException {
    warnIfAccessible(file);
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }

  /// Warns if other users of this machine have access to a file.
  public static void warnIfAccessible(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY_FILE.value().containsAll(permissions)) {
      log.warn(
          "Other users of this machine have access to the file {} ({}): run 'chmod 600 {}'.",
          file,
          PosixFilePermissions.toString(permissions),
          file);
    }
  }
}
