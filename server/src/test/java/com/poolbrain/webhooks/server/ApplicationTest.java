package com.poolbrain.webhooks.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

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
              "{\"status\":\"up\",\"checks\":{\"database\":\"up\",\"writes\":\"up\",\"partitions\":\"up\",\"lease\":\"up\"}}");
      assertThat(publish(first, key)).isEqualTo(422);
      assertThat(publish(first, "pbk_unknown")).isEqualTo(401);
      assertLastOperatorKeyStays(first.client().withKey(key));
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

  private static void assertLastOperatorKeyStays(ServiceClient api) {
    JsonNode keys = api.get("/keys").json().path("data");
    assertThat(keys).hasSize(1);
    ApiResponse refused = api.delete("/keys/" + keys.path(0).path("id").asString());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail())
        .contains("the last API key with the scope 'operator'", "Create another one first");
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

  @Test
  void key_file_without_a_key_is_reported_in_one_sentence_and_left_alone() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    for (String name : List.of("master.key", "admin.key")) {
      for (String content : List.of("", "\n", "no key\n")) {
        Path file = Files.writeString(data.resolve(name), content);
        assertThat(run(Map.of()))
            .startsWith("1 The file " + file + " holds no ")
            .contains("restore it from a backup")
            .hasLineCount(1);
        assertThat(data.toFile().list()).containsExactly(name);
        assertThat(file).hasContent(content);
        Files.delete(file);
      }
    }
  }

  @Test
  void missing_master_key_is_not_replaced_while_secrets_need_it() throws IOException {
    Path data = folder.resolve("data");
    try (var first =
        new RunningApplication(
            Map.of("WEBHOOKS_PORT", "0", "WEBHOOKS_DATA_DIR", data.toString()))) {
      String key = first.application().generatedAdminKey().key();
      TestCompany.create(first.client().withKey(key))
          .subscribe(URI.create("https://consumer.example/hooks"), "job.created");
    }
    Files.delete(data.resolve("master.key"));

    assertThat(run(Map.of()))
        .startsWith("1 The database contains secrets that were encrypted with master keys ")
        .contains("restore the file master.key in the data folder")
        .hasLineCount(1);

    assertThat(data.resolve("master.key")).doesNotExist();
  }

  @Test
  void settings_file_to_which_other_users_have_access_is_reported() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.properties"), "webhooks.data.dir=" + folder.resolve("a.properties"));
    for (String mode : List.of("rw-r--r--", "rw-------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      String log = logOf(Map.of("WEBHOOKS_CONFIG", file.toString()));

      assertThat(log.contains("run 'chmod 600 " + file + "'")).isEqualTo(mode.equals("rw-r--r--"));
    }
  }

  /// What a start that fails writes into the log.
  private static String logOf(Map<String, String> environment) {
    PrintStream standardError = System.err;
    var log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      assertThat(ServerMain.run(environment, null, System.out, standardError)).isEqualTo(1);
    } finally {
      System.setErr(standardError);
    }
    return log.toString(UTF_8);
  }

  private String run(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putIfAbsent("WEBHOOKS_DATA_DIR", folder.resolve("data").toString());
    var err = new ByteArrayOutputStream();
    int code = ServerMain.run(environment, null, System.out, new PrintStream(err, true, UTF_8));
    return code + " " + err.toString(UTF_8).strip();
  }
}
