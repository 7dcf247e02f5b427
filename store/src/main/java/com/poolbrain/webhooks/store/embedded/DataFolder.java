package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What stands where in the data folder.
record DataFolder(Path path) {

  static final String DATA = "postgres";

  private static final long LOG_LIMIT = 10 << 20;

  /// Below the ports that the system hands out by itself, so that a remembered port stays free.
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 10_000;

  /// The folder, made if it is not there.
  static DataFolder at(Path path) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
    if (!Files.isWritable(path)) {
      throw notWritable(path, new AccessDeniedException(path.toString()));
    }
    return new DataFolder(path.toRealPath());
  }

  private static StartupException notWritable(Path path, IOException cause) {
    return new StartupException(
        "The data folder %s can't be written to: make it writable, or set WEBHOOKS_DATA_DIR to another folder."
            .formatted(path.toAbsolutePath()),
        cause);
  }

  /// PostgreSQL's own data directory.
  Path data() {
    return path.resolve(DATA);
  }

  /// Where a new data directory is made, before it becomes [#data()] whole.
  Path unfinishedData() {
    return path.resolve("postgres.unfinished");
  }

  /// PostgreSQL's log; a long one is set aside.
  Path log() throws IOException {
    Path log = path.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
      Files.move(log, path.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    return log;
  }

  /// The password of the database, made up at first.
  String password() throws IOException {
    Path file = path.resolve("postgres.password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path unfinished = path.resolve("postgres.password.unfinished");
      Files.deleteIfExists(unfinished);
      createPrivate(unfinished);
      Files.writeString(unfinished, HexFormat.of().formatHex(random));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /// A new file that only its owner can read.
  static void createPrivate(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /// The port of last time if it is free, else another one, which is remembered.
  int port() throws IOException {
    Path file = path.resolve("postgres.port");
    if (Files.exists(file)) {
      String remembered = Files.readString(file).strip();
      if (remembered.matches("\\d{4,5}") && free(Integer.parseInt(remembered))) {
        return Integer.parseInt(remembered);
      }
    }
    SecureRandom random = new SecureRandom();
    int port = FIRST_PORT + random.nextInt(PORTS);
    while (!free(port)) {
      port = FIRST_PORT + random.nextInt(PORTS);
    }
    Files.writeString(file, Integer.toString(port));
    return port;
  }

  private static boolean free(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
