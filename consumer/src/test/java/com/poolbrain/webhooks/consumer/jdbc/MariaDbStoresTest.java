package com.poolbrain.webhooks.consumer.jdbc;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// With the program `mariadbd`, which Debian has in the package mariadb-server-core.
@Tag("needs-programs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbStoresTest implements JdbcContract {

  /// Where Debian has it, which is not on the PATH of every user.
  private static final Path PROGRAM = Path.of("/usr/sbin/mariadbd");

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private Process server;
  private HikariDataSource pool;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    int port = findFreePort();
    Path data = Files.createDirectory(folder.resolve("data"));
    // Without its table of users, so nothing has to be installed into the folder.
    server =
        new ProcessBuilder(
                Files.isExecutable(PROGRAM) ? PROGRAM.toString() : "mariadbd",
                "--no-defaults",
                "--skip-grant-tables",
                "--skip-log-bin",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data,
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    String url = "jdbc:mariadb://127.0.0.1:" + port + "/consumer?createDatabaseIfNotExist=true";
    await()
        .atMost(START_PATIENCE)
        .ignoreExceptions()
        .until(() -> {
          try (Connection connection = DriverManager.getConnection(url, "root", "")) {
            return connection.isValid(1);
          }
        });
    pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername("root");
    pool.setMaximumPoolSize(12);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (pool != null) {
      pool.close();
    }
    if (server != null) {
      server.destroy();
      server.waitFor();
    }
  }

  private static int findFreePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }
}
