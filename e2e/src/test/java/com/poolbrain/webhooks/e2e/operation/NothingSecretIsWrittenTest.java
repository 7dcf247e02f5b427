package com.poolbrain.webhooks.e2e.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a run of the service writes has no secret, no key, no body of an event, and no path or
/// query of an endpoint's URL.
class NothingSecretIsWrittenTest {

  private static final String OWN_SECRET = "own_secret_8Jk2vQ";
  private static final String NEXT_SECRET = "next_secret_5Tz9wX";
  private static final String REFUSED_SECRET = "refused secret 3Rb7yM";
  private static final String MAIL_PASSWORD = "mail-password-6Gh1pL";
  private static final String WRONG_KEY = "pbk_a-wrong-key-4Nd8sK";
  private static final String BODY_TEXT = "Body-9Wc3fV";
  private static final String PATH_TOKEN = "path-token-2Ya6jB";
  private static final String QUERY_TOKEN = "query-token-7Xe4uD";
  private static final String ENDPOINT_PATH = "/" + PATH_TOKEN + "?token=" + QUERY_TOKEN;

  /// Files that exist to keep a key or a password.
  private static final List<String> KEY_FILES =
      List.of("master.key", "admin.key", "postgres.password", "webhooks.password");

  private final Path folder = TestFolders.createFolder();
  private final Map<String, String> hidden = new LinkedHashMap<>();
  private final List<ApiResponse> errors = new ArrayList<>();
  private String metrics = "";

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void nothing_that_a_run_writes_has_a_secret_a_key_or_a_body(String logFormat) throws Exception {
    Path data = folder.resolve("data");
    ServiceEnvironment environment =
        ServiceEnvironment.withEmbeddedDatabase(data)
            .without("WEBHOOKS_MASTER_KEY")
            .with("WEBHOOKS_LOG_LEVEL", "debug")
            .with("WEBHOOKS_LOG_FORMAT", logFormat)
            .with("WEBHOOKS_SMTP_URL", "smtps://mailer:" + MAIL_PASSWORD + "@127.0.0.1:1")
            .with("WEBHOOKS_MAIL_FROM", "webhooks@example.com")
            .with("WEBHOOKS_PUBLIC_URL", "https://webhooks.example.com");
    hide("mail password", MAIL_PASSWORD);
    hide("operator key", ServiceEnvironment.ADMIN_KEY);
    ServiceProcess service = ServiceProcess.serve(environment);
    String processes;
    try (service;
        ServiceClient api = service.api()) {
      for (String file : KEY_FILES) {
        hideContent(data.resolve(file));
      }
      use(api);
      refuse(api);
      rejectByDatabase(api, data);
      metrics = api.getFromRoot("/metrics").body();
      processes = commandLines(service);
    }

    Map<String, String> inUrls = Map.of("path", PATH_TOKEN, "query", QUERY_TOKEN);
    assertThatNothingIsIn("log", service.outputText(), hidden);
    assertThatNothingIsIn("log", service.outputText(), inUrls);
    assertThat(metrics).as("metrics").contains("status=\"delivered\"");
    assertThat(metrics)
        .as("metrics name no company, endpoint or URL")
        .doesNotContain("Blue Pools", "localhost", "127.0.0.1", "company", "endpoint=");
    assertThatNothingIsIn("metrics", metrics, hidden);
    assertThatNothingIsIn("metrics", metrics, inUrls);
    assertThatNothingIsIn("process list", processes, hidden);
    assertThat(errors).allMatch(error -> error.status() >= 400);
    errors.forEach(error -> assertThatNothingIsIn("error response", error.body(), hidden));
    assertThatNoFileHasAnyOf(data);
  }

  private void hide(String what, String value) {
    hidden.put(what, value);
  }

  private void hideContent(Path file) throws IOException {
    if (Files.exists(file)) {
      hide(file.getFileName().toString(), Files.readString(file).strip());
    }
  }

  /// Everything that goes well, failed attempts included.
  private void use(ServiceClient api) throws InterruptedException {
    hide("body", BODY_TEXT);
    hide("body in hexadecimal digits", HexFormat.of().formatHex(BODY_TEXT.getBytes(UTF_8)));
    TestCompany company = TestCompany.create(api);
    try (HttpsReceiver receiver = HttpsReceiver.answering(500, 200);
        ClosedPort closed = ClosedPort.reserve()) {
      TestEndpoint endpoint = company.subscribe(receiver.url(ENDPOINT_PATH), "customer.created");
      hide("generated secret", endpoint.secret());
      TestEndpoint own =
          company.createEndpoint(
              "{\"url\": \"%s\", \"events\": [\"customer.created\"], \"secret\": \"%s\"}"
                  .formatted(closed.url() + ENDPOINT_PATH, OWN_SECRET));
      hide("own secret", own.secret());
      company.publish(
          "customer.created", "{\"customerId\": 1, \"displayName\": \"%s\"}".formatted(BODY_TEXT));
      hide("signature", receiver.awaitNext().header("X-Webhook-Signature"));
      endpoint.awaitDeliveries(1, "delivered");
      own.awaitDeliveries(1, "permanently_failed");
      roll(api, own);
      JsonNode key =
          api.post("/keys", "{\"name\": \"reader\", \"scopes\": [\"read\"]}").expect(201);
      hide("created key", key.path("key").stringValue());
      ServiceClient reader = api.withKey(key.path("key").stringValue());
      reader.get(company.path()).expect(200);
      errors.add(reader.post(company.path() + "/endpoints", "{}"));
    }
  }

  private void roll(ServiceClient api, TestEndpoint endpoint) {
    hide("next secret", NEXT_SECRET);
    api.post(endpoint.path() + "/secret/roll", "{\"secret\": \"%s\"}".formatted(NEXT_SECRET))
        .expect(200);
    api.get(endpoint.path() + "/secret").expect(200);
    api.post(endpoint.path() + "/secret/activate", "{\"overlap_seconds\": 60}").expect(200);
  }

  /// Requests that the service refuses.
  private void refuse(ServiceClient api) {
    hide("wrong key", WRONG_KEY);
    hide("refused secret", REFUSED_SECRET);
    TestCompany company = TestCompany.create(api);
    errors.add(api.withKey(WRONG_KEY).get("/companies"));
    errors.add(
        api.post(
            company.path() + "/endpoints",
            "{\"url\": \"https://example.com/\", \"events\": [\"customer.created\"], \"secret\": \"%s\"}"
                .formatted(REFUSED_SECRET)));
    errors.add(api.post(company.path() + "/endpoints", "{\"secret\": \"" + OWN_SECRET));
    errors.add(api.publish("{\"company_id\": 1, \"event\": " + BODY_TEXT));
    errors.add(api.publish(company.eventJson("customer.created", "\"" + BODY_TEXT + "\"")));
    errors.add(
        api.publish(
            company.eventJson(
                "customer.created", "{\"customerId\": \"%s\"}".formatted(BODY_TEXT))));
  }

  /// PostgreSQL describes the row that it rejects.
  private void rejectByDatabase(ServiceClient api, Path data) throws IOException {
    TestCompany company = TestCompany.create(api);
    String password = Files.readString(data.resolve("webhooks.password")).strip();
    String port = Files.readString(data.resolve("postgres.port")).strip();
    var sql =
        new AdminSql(
            DatabaseSettings.withDefaults(
                "jdbc:postgresql://127.0.0.1:" + port + "/webhooks", "webhooks", password));
    sql.execute(
        "alter table event add constraint no_event check (company_id <> %d) not valid"
            .formatted(company.id()));
    errors.add(
        api.publish(
            company.eventJson(
                "customer.created",
                "{\"displayName\": \"%s\", \"customerId\": 1}".formatted(BODY_TEXT))));
    sql.execute("alter table endpoint add constraint no_endpoint check (id is null) not valid");
    errors.add(
        api.post(
            company.path() + "/endpoints",
            "{\"url\": \"https://example.com%s\", \"events\": [\"job.created\"], \"secret\": \"%s\"}"
                .formatted(ENDPOINT_PATH, OWN_SECRET)));
  }

  private static String commandLines(ServiceProcess service) throws IOException {
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(service.handle()), service.handle().descendants()).toList();
    assertThat(processes).as("the service and its PostgreSQL").hasSizeGreaterThan(2);
    StringBuilder text = new StringBuilder();
    for (ProcessHandle process : processes) {
      text.append(process.info().commandLine().orElse("")).append('\n');
    }
    return text.toString();
  }

  private void assertThatNoFileHasAnyOf(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(found -> isSearched(data.relativize(found))).toList()) {
        assertThatNothingIsIn(file.toString(), Files.readString(file, ISO_8859_1), hidden);
      }
    }
  }

  private static boolean isSearched(Path file) {
    String top = file.getName(0).toString();
    return !top.equals("postgres")
        && !top.startsWith("postgresql-")
        && !KEY_FILES.contains(top)
        && !file.toString().isEmpty();
  }

  private static void assertThatNothingIsIn(
      String place, String text, Map<String, String> hiddenValues) {
    hiddenValues.forEach(
        (what, value) -> assertThat(text).as("%s in %s", what, place).doesNotContain(value));
  }
}
