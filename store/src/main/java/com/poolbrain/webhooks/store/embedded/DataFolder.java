package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The layout of the data folder.
record DataFolder(Path path) {

  static final String DATA_DIRECTORY = "postgres";

  private static final long MAX_LOG_BYTES = 10 << 20;

  /// Below the range of ephemeral ports, so that the system does not assign the saved port.
  private static final int MIN_PORT = 20_000;

  private static final int PORT_COUNT = 10_000;

  /// Opens the folder, or creates it.
  static DataFolder openOrCreate(Path path) throws IOException {
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
        "The data folder %s is not writable: make it writable, or set WEBHOOKS_DATA_DIR to another folder."
            .formatted(path.toAbsolutePath()),
        cause);
  }

  /// The data directory of PostgreSQL.
  Path dataDirectory() {
    return path.resolve(DATA_DIRECTORY);
  }

  /// The data directory while it is being created. It is then moved to [#dataDirectory()].
  Path incompleteDataDirectory() {
    return path.resolve("postgres.unfinished");
  }

  /// The log file of PostgreSQL. A file over 10 MiB is renamed first.
  Path rotateLog() throws IOException {
    Path log = path.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(log, path.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    return log;
  }

  /// The password of the database, generated at the first start.
  String loadOrCreatePassword() throws IOException {
    Path file = path.resolve("postgres.password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      PrivateFiles.write(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }

  /// The saved port if it is free, otherwise another one, which is saved.
  int choosePort() throws IOException {
    Path file = path.resolve("postgres.port");
    if (Files.exists(file)) {
      String savedPort = Files.readString(file).strip();
      if (savedPort.matches("\\d{4,5}") && isPortFree(Integer.parseInt(savedPort))) {
        return Integer.parseInt(savedPort);
      }
    }
    SecureRandom random = new SecureRandom();
    int port = MIN_PORT + random.nextInt(PORT_COUNT);
    while (!isPortFree(port)) {
      port = MIN_PORT + random.nextInt(PORT_COUNT);
    }
    Files.writeString(file, Integer.toString(port));
    return port;
  }

  private static boolean isPortFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
