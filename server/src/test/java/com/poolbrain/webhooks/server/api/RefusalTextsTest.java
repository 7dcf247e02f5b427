package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The texts of refusals, as a list to read: `refusals.txt` has requests, and below each the status
/// and the texts of its response. In a request `<a*9>` stands for nine times `a`.
///
/// A changed text fails this test, which writes the new list to `target/refusals.txt`. Read it, and
/// replace the old one.
@ExtendWith(SharedApplicationExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class RefusalTextsTest {

  private static final Path LIST =
      Path.of("src/test/resources/com/poolbrain/webhooks/server/api/refusals.txt");
  private static final Path NEW_LIST = Path.of("target/refusals.txt");

  /// Event types that other tests added to the same service come behind the built-in ones.
  private static final Pattern OPERATOR_TYPES =
      Pattern.compile(
          "(?<=, technician\\.route\\.changed)(, [a-z0-9_.]+)*, [a-z0-9_.]*[a-z0-9_](?=\\.)");

  private static final String INDENT = "  ";
  private static final Pattern REPETITION = Pattern.compile("<(.)\\*([0-9]+)>");
  private static final Pattern REQUEST =
      Pattern.compile("(?:as (\\w+): )?([A-Z]+) (\\S+)(?: (.*))?", Pattern.DOTALL);

  private final ServiceClient api;
  private Map<String, String> keys;
  private Map<String, String> variables;

  RefusalTextsTest(ServiceClient api) {
    this.api = api;
  }

  @BeforeAll
  void createCompany() {
    api.put("/companies/6001", "{\"name\": \"n\"}").expect(201);
    JsonNode endpoint =
        api.post(
                "/companies/6001/endpoints",
                "{\"url\": \"https://127.0.0.1:1/\", \"events\": [\"job.created\"]}")
            .expect(201);
    variables = Map.of("{endpoint}", endpoint.path("id").asString());
    keys =
        Map.of(
            "nobody",
            "",
            "stranger",
            "pbk_made_up",
            "reader",
            createKey("[\"read\"]", ""),
            "publisher",
            createKey("[\"publish\"]", ", \"company_id\": 6001"));
  }

  private String createKey(String scopes, String more) {
    return api.post("/keys", "{\"name\": \"k\", \"scopes\": %s%s}".formatted(scopes, more))
        .expect(201)
        .path("key")
        .asString();
  }

  @Test
  void refusals_have_the_texts_of_the_list() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(LIST)) {
      if (line.isBlank() || line.startsWith("#")) {
        lines.add(line);
      } else if (!line.startsWith(INDENT)) {
        lines.add(line);
        texts(send(line)).forEach(text -> lines.add(INDENT + text));
      }
    }
    Files.createDirectories(NEW_LIST.getParent());
    Files.write(NEW_LIST, lines);

    assertThat(lines).isEqualTo(Files.readAllLines(LIST));
  }

  /// What a text must not have: names of libraries and classes, internal words, no end.
  @Test
  void texts_are_sentences_about_the_request() throws IOException {
    List<String> texts =
        Files.readAllLines(LIST).stream().filter(line -> line.startsWith(INDENT)).toList();

    assertThat(texts).hasSizeGreaterThan(100);
    assertThat(texts)
        .allSatisfy(text ->
            assertThat(text)
                .matches(".*[.?]")
                .doesNotContainPattern(
                    "(?i)exception|jackson|java|feature|`|illegal|malformed|token '|is no url"));
  }

  private ApiResponse send(String line) {
    Matcher request = REQUEST.matcher(expand(line));
    assertThat(request.matches()).as(line).isTrue();
    ServiceClient client =
        request.group(1) == null
            ? api
            : api.withKey(Objects.requireNonNull(keys.get(request.group(1))));
    String body = request.group(4) == null ? "" : request.group(4);
    return client.call(request.group(2), request.group(3), body);
  }

  private String expand(String line) {
    String expanded = line;
    for (var variable : variables.entrySet()) {
      expanded = expanded.replace(variable.getKey(), variable.getValue());
    }
    return REPETITION
        .matcher(expanded)
        .replaceAll(match ->
            Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
  }

  /// Status and place of each error, with its text.
  private List<String> texts(ApiResponse response) {
    assertThat(response.status()).as(response.body()).isGreaterThanOrEqualTo(400);
    JsonNode problem = response.json();
    List<String> texts = new ArrayList<>();
    for (JsonNode error : problem.path("errors")) {
      String place = error.path("pointer").asString("?" + error.path("parameter").asString(""));
      texts.add(text(response.status(), place.isEmpty() ? "body" : place, error.path("detail")));
    }
    if (texts.isEmpty()) {
      texts.add(text(response.status(), "request", problem.path("detail")));
    }
    return texts;
  }

  /// Control characters and what differs between runs are made readable.
  private String text(int status, String place, JsonNode detail) {
    String text = "%d %s: %s".formatted(status, place, detail.asString());
    for (var variable : variables.entrySet()) {
      text = text.replace(variable.getValue(), variable.getKey());
    }
    text = OPERATOR_TYPES.matcher(text).replaceAll("");
    return text.codePoints()
        .mapToObj(c ->
            c < ' ' || c == 0x200b
                ? String.format(Locale.ROOT, "\\u%04x", c)
                : Character.toString(c))
        .collect(Collectors.joining());
  }
}
