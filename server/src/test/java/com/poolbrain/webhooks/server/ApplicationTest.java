package com.poolbrain.webhooks.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Tag("slow")
class ApplicationTest {

  @TempDir private Path folder;

  /// ServerMain configures the log of the whole process, which other tests share.
  @AfterEach
  void restoreLog() throws JoranException {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(ApplicationTest.class.getResource("/logback-test.xml"));
  }

  @Test
  void keys_of_an_embedded_database_are_generated_once_and_stored_privately() throws IOException {
    Map<String, String> environment =
        Map.of("WEBHOOKS_PORT", "0", "WEBHOOKS_DATA_DIR", folder.toString());
    String key;
    try (var first = new RunningApplication(environment)) {
      GeneratedKeys.StoredKey adminKey = first.application().generatedAdminKey();
      key = adminKey.key();
      assertThat(adminKey.isNew()).isTrue();
      assertThat(Files.readString(adminKey.file())).isEqualTo(key + "\n");
      assertThat(first.awaitReady().body())
          .isEqualTo(
              "{\"status\":\"up\",\"checks\":{\"database\":\"up\",\"partitions\":\"up\",\"lease\":\"up\"}}");
      assertThat(publish(first, key)).isEqualTo(422);
      assertThat(publish(first, "pbk_unknown")).isEqualTo(401);
    }
    for (String name : new String[] {"admin.key", "master.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    try (var second = new RunningApplication(environment)) {
      assertThat(second.application().generatedAdminKey().isNew()).isFalse();
      assertThat(publish(second, key)).isEqualTo(422);
      ServiceClient client = second.client().withKey("");
      assertThat(client.getFromRoot("/metrics").body())
          .contains("webhooks_backlog", "webhooks_oldest_due_age_seconds", "jvm_memory_used_bytes");
      assertThat(client.getFromRoot("/version").body()).contains("\"version\":\"0.");
    }
  }

  private static int publish(RunningApplication application, String key) {
    String event = "{\"company_id\":40,\"event\":\"job.created\",\"data\":{\"jobNumber\":\"J-1\"}}";
    return application.client().withKey(key).publish(event).status();
  }

  @Test
  void startup_failure_is_reported_in_one_sentence() throws IOException {
    assertThat(run(Map.of("WEBHOOKS_PORT", "x")))
        .isEqualTo("2 WEBHOOKS_PORT: must be a whole number from 0 to 65535, not 'x'.");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run(Map.of("WEBHOOKS_DATA_DIR", file.toString())))
        .startsWith("1 The data folder ")
        .contains("WEBHOOKS_DATA_DIR");
    assertThat(
            run(
                Map.of(
                    "WEBHOOKS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/x",
                    "WEBHOOKS_DATABASE_USER", "u",
                    "WEBHOOKS_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")))
        .startsWith("1 Can't use the database at jdbc:postgresql://127.0.0.1:1/x as u: ");
    try (var occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run(Map.of("WEBHOOKS_PORT", "" + occupied.getLocalPort())))
          .isEqualTo(
              "1 Can't listen at 127.0.0.1 port %d: Address already in use. Choose another address with WEBHOOKS_HOST and WEBHOOKS_PORT."
                  .formatted(occupied.getLocalPort()));
    }
  }

  private String run(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putIfAbsent("WEBHOOKS_DATA_DIR", folder.resolve("data").toString());
    var err = new ByteArrayOutputStream();
    int code = ServerMain.run(environment, null, System.out, new PrintStream(err, true, UTF_8));
    return code + " " + err.toString(UTF_8).strip();
  }
}
