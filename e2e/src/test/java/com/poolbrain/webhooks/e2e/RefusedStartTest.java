package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.ServiceProcess;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.TestServer;
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

/// What keeps the service from starting is said in one sentence, and the process ends.
class RefusedStartTest {

  private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/webhooks";

  @AutoClose private static TestDatabase database;
  @AutoClose private static ServerSocket taken;
  private static final Path FOLDER = TestFolders.fresh();
  private static final Map<String, ServiceProcess> STARTED = new LinkedHashMap<>();

  /// They all start at the same time: each is a Java of its own.
  @BeforeAll
  static void startAll() throws IOException {
    database = TestServer.EMBEDDED_18.fresh();
    taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Path file = Files.writeString(FOLDER.resolve("file"), "This is no folder.");
    Setup good = quiet(Setup.on(database.settings()));
    start("unknown variable", good.with("WEBHOOKS_COLOUR", "blue"));
    start("impossible value", good.with("WEBHOOKS_LEASE", "soon"));
    start("taken port", good.with("WEBHOOKS_PORT", "" + taken.getLocalPort()));
    start("refused connection", good.with("WEBHOOKS_DATABASE_URL", NOBODY));
    start("wrong password", good.with("WEBHOOKS_DATABASE_PASSWORD", "guessed"));
    start("folder that can't be written", quiet(Setup.in(file.resolve("data"))));
  }

  /// One that has nothing to warn about.
  private static Setup quiet(Setup setup) {
    return setup.with("WEBHOOKS_LOG_LEVEL", "warn").without("WEBHOOKS_ALLOWED_NETWORKS");
  }

  private static void start(String why, Setup setup) {
    STARTED.put(why, ServiceProcess.start(setup));
  }

  @AfterAll
  static void tidyUp() {
    STARTED.values().forEach(ServiceProcess::close);
    TestFolders.delete(FOLDER);
  }

  static Stream<Arguments> reasons() {
    DatabaseSettings settings = database.settings();
    return Stream.of(
        Arguments.of("unknown variable", 2, "WEBHOOKS_COLOUR"),
        Arguments.of("impossible value", 2, "WEBHOOKS_LEASE"),
        Arguments.of("taken port", 1, "port " + taken.getLocalPort()),
        Arguments.of("refused connection", 1, "127.0.0.1:1"),
        Arguments.of("wrong password", 1, settings.user()),
        Arguments.of("folder that can't be written", 1, FOLDER.resolve("file").toString()));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void itSaysWhyInOneSentenceAndEnds(String why, int code, String named) throws Exception {
    ServiceProcess refused = STARTED.get(why);

    assertThat(refused.exitCode()).isEqualTo(code);
    assertThat(refused.output()).singleElement().asString().contains(named);
  }
}
