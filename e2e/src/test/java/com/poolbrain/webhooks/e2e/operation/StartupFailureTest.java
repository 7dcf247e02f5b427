package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A start that fails is reported in one sentence, and the process ends.
class StartupFailureTest {

  private static final String UNREACHABLE_JDBC_URL = "jdbc:postgresql://127.0.0.1:1/webhooks";

  @AutoClose private static TestDatabase database;
  @AutoClose private static ServerSocket occupiedPort;
  private static final Path FOLDER = TestFolders.createFolder();
  private static final Map<String, ServiceProcess> PROCESSES = new LinkedHashMap<>();

  /// All processes start at the same time, because each start takes seconds.
  @BeforeAll
  static void startAll() throws IOException {
    database = TestServer.EMBEDDED_18.createDatabase();
    occupiedPort = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Path file = Files.writeString(FOLDER.resolve("file"), "This is no folder.");
    ServiceEnvironment validEnvironment =
        withoutWarnings(RunningService.environmentOn(database.settings()));
    start("unknown variable", validEnvironment.with("WEBHOOKS_COLOUR", "blue"));
    start("impossible value", validEnvironment.with("WEBHOOKS_LEASE", "soon"));
    start("taken port", validEnvironment.with("WEBHOOKS_PORT", "" + occupiedPort.getLocalPort()));
    start(
        "refused connection", validEnvironment.with("WEBHOOKS_DATABASE_URL", UNREACHABLE_JDBC_URL));
    start("wrong password", validEnvironment.with("WEBHOOKS_DATABASE_PASSWORD", "guessed"));
    start(
        "folder that can't be written",
        withoutWarnings(ServiceEnvironment.withEmbeddedDatabase(file.resolve("data"))));
  }

  /// An environment without warnings.
  private static ServiceEnvironment withoutWarnings(ServiceEnvironment environment) {
    return environment.with("WEBHOOKS_LOG_LEVEL", "warn").without("WEBHOOKS_ALLOWED_NETWORKS");
  }

  private static void start(String reason, ServiceEnvironment environment) {
    PROCESSES.put(reason, ServiceProcess.serve(environment));
  }

  @AfterAll
  static void closeAll() {
    PROCESSES.values().forEach(ServiceProcess::close);
    TestFolders.delete(FOLDER);
  }

  static Stream<Arguments> reasons() {
    DatabaseSettings settings = database.settings();
    return Stream.of(
        Arguments.of("unknown variable", 2, "WEBHOOKS_COLOUR"),
        Arguments.of("impossible value", 2, "WEBHOOKS_LEASE"),
        Arguments.of("taken port", 1, "port " + occupiedPort.getLocalPort()),
        Arguments.of("refused connection", 1, "127.0.0.1:1"),
        Arguments.of("wrong password", 1, settings.user()),
        Arguments.of("folder that can't be written", 1, FOLDER.resolve("file").toString()));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void startup_failure_is_reported_in_one_sentence_with_an_exit_code(
      String reason, int exitCode, String expectedText) throws Exception {
    ServiceProcess process = PROCESSES.get(reason);

    assertThat(process.awaitExitCode()).isEqualTo(exitCode);
    assertThat(process.output()).singleElement().asString().contains(expectedText);
  }
}
