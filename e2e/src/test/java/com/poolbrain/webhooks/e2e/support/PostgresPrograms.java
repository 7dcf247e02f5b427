package com.poolbrain.webhooks.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The client programs of PostgreSQL, run by the commands of docs/operations.md.
///
/// @param superuser connects to the server
/// @param folder in which the programs run
public record PostgresPrograms(DatabaseSettings superuser, Path folder) {

  private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
  private static final String DOCUMENTED_HOST = "db.example.com";

  /// Runs the only command with this program, against the server instead of the documented host.
  public void runDocumented(String program) throws IOException, InterruptedException {
    URI server = URI.create(superuser.jdbcUrl().substring("jdbc:".length()));
    List<String> commands =
        Files.readAllLines(OPERATIONS).stream()
            .filter(line -> line.startsWith(program + " "))
            .toList();
    assertThat(commands).as("commands with " + program).hasSize(1);
    List<String> command =
        List.of(commands.getFirst().replace(DOCUMENTED_HOST, server.getAuthority()).split(" "));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PGHOST", server.getHost());
    builder.environment().put("PGPORT", Integer.toString(server.getPort()));
    builder.environment().put("PGUSER", superuser.user());
    try (ServiceProcess process = ServiceProcess.start(builder)) {
      assertThat(process.awaitExitCode())
          .as(
              "%s, of PostgreSQL 15 or 16 (Debian: apt-get install postgresql-client): %s",
              command, process.outputText())
          .isZero();
    }
  }
}
