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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The layout of the data folder.
///
/// @param user runs the PostgreSQL server, and owns its data
record DataFolder(Path path, ServerUser user) {

  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);

  private static final String DATA_DIRECTORY = "postgres";

  private static final long MAX_LOG_BYTES = 10 << 20;

  /// Below the range of ephemeral ports, so that the system does not assign the saved port.
  private static final int MIN_PORT = 20_000;

  private static final int PORT_COUNT = 10_000;

  /// Opens the folder, or creates it so that only its owner has access. If the server runs as
  /// another user, that user may pass through the folder.
  static DataFolder openOrCreate(Path path) throws IOException {
    boolean isNew = createIfMissing(path);
    if (!Files.isWritable(path)) {
      throw notWritable(path, new AccessDeniedException(path.toString()));
    }
    Path realPath = path.toRealPath();
    Path entrance = isNew ? Objects.requireNonNull(realPath.getParent()) : realPath;
    ServerUser user = ServerUser.choose(realPath.resolve(DATA_DIRECTORY), entrance);
    if (isNew) {
      Files.setPosixFilePermissions(realPath, user.dataFolderPermissions());
    }
    return new DataFolder(realPath, user);
  }

  /// Whether the folder was missing.
  private static boolean createIfMissing(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return false;
      }
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(path, PrivateFiles.OWNER_ONLY_FOLDER);
      return true;
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static StartupException notWritable(Path path, IOException cause) {
    return new StartupException(
        "The data folder %s is not writable: make it writable, or set WEBHOOKS_DATA_DIR to another folder."
            .formatted(path.toAbsolutePath()),
        cause);
  }

  /// Warns if other users of this machine can do more with the folder than necessary.
  void warnIfAccessible() throws IOException {
    Set<PosixFilePermission> allowed = user.dataFolderPermissions();
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!allowed.containsAll(permissions)) {
      log.warn(
          "Other users of this machine have access to the data folder {} ({}): run 'chmod {} {}'.",
          path,
          PosixFilePermissions.toString(permissions),
          user.dataFolderMode(),
          path);
    }
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
    Path logFile = path.resolve("postgres.log");
    if (Files.exists(logFile) && Files.size(logFile) > MAX_LOG_BYTES) {
      Files.move(logFile, path.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(logFile)) {
      Files.createFile(logFile, PrivateFiles.OWNER_ONLY_FILE);
    }
    PrivateFiles.warnIfAccessible(logFile);
    return logFile;
  }

  /// The password of a database role, generated before the database is created.
  ///
  /// @throws StartupException if the database exists, but not the password
  String loadOrCreatePassword(String role) throws IOException {
    Path file = path.resolve(role + ".password");
    if (Files.exists(file)) {
      String password = PrivateFiles.read(file);
      if (password.isEmpty()) {
        throw new StartupException(
            "The password file %s is empty: restore it from a backup.".formatted(file));
      }
      return password;
    }
    if (Files.exists(dataDirectory())) {
      throw new StartupException(
          "The password file %s is missing, but the database in %s exists: restore the file from a backup. If an earlier build created the database, start with an empty data folder."
              .formatted(file, dataDirectory()));
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    PrivateFiles.write(file, password);
    return password;
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
