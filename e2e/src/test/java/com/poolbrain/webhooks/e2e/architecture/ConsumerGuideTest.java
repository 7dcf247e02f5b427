package com.poolbrain.webhooks.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The guide for consumers says what the code does.
class ConsumerGuideTest {

  private static final Path GUIDE = Path.of("../docs/consumer-guide.md");
  private static final Path VECTORS =
      Path.of("../signature/src/test/resources/vectors/signature.json");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static String guide() throws IOException {
    return Files.readString(GUIDE);
  }

  private static String first(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(guide())
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The guide has nothing like " + pattern));
  }

  /// The cells of the rows of a table, without its head.
  private static List<List<String>> table(String firstHeading) throws IOException {
    return guide()
        .lines()
        .dropWhile(line -> !line.startsWith("| " + firstHeading + " |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(row -> Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  @Test
  void sample_request_has_the_length_and_the_signature_of_its_body() throws IOException {
    String body = first("^(\\{\"id\":.*})$");
    String encoded = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.US_ASCII));

    assertThat(first("Content-Length: (\\d+)")).isEqualTo(String.valueOf(body.length()));
    assertThat(JsonMapper.shared().readTree(VECTORS.toFile()).path("valid"))
        .filteredOn(vector -> vector.path("body_base64").asString().equals(encoded))
        .extracting(vector -> vector.path("signature").asString())
        .contains(first("X-Webhook-Signature: ([0-9a-f]+)"));
  }

  @Test
  void events_are_those_of_the_catalogue_with_their_aliases_and_grouping() throws IOException {
    List<String> documented = new ArrayList<>();
    for (List<String> row : table("Event")) {
      documented.add(
          "%s %s %s".formatted(code(row.get(0)), !row.get(2).equals("no"), code(row.get(3))));
    }

    assertThat(documented)
        .containsExactlyElementsOf(
            EventCatalogue.builtIn().types().stream()
                .filter(EventTypeDefinition::mayBeSubscribed)
                .map(type ->
                    "[%s] %s %s".formatted(type.name(), type.mayBeGrouped(), type.aliases()))
                .toList());
  }

  @Test
  void attempts_are_those_of_the_retry_schedule() throws IOException {
    List<List<String>> attempts = table("Attempt");

    assertThat(attempts).hasSize(RetrySchedule.DEFAULT.maxAttempts());
    long minutes = 0;
    for (int retry = 0; retry < RetrySchedule.DEFAULT.delays().size(); retry++) {
      long delay = RetrySchedule.DEFAULT.delays().get(retry).toMinutes();
      minutes += delay;
      assertThat(attempts.get(retry + 1).get(1)).startsWith(delay + " minutes after");
      assertThat(attempts.get(retry + 1).get(2)).isEqualTo(minutes + " minutes");
    }
  }

  @Test
  void symptoms_are_error_classes() throws IOException {
    List<String> named =
        table("Symptom").stream().flatMap(row -> code(row.getFirst()).stream()).toList();

    assertThat(named).hasSizeGreaterThan(5);
    assertThat(Arrays.stream(ErrorClass.values()).map(ErrorClass::wireName)).containsAll(named);
  }

  @Test
  void every_statement_has_a_test() throws IOException {
    List<String> headings =
        Pattern.compile("^## (.*)$", Pattern.MULTILINE)
            .matcher(guide())
            .results()
            .map(heading -> heading.group(1))
            .toList();
    List<MatchResult> rows =
        Pattern.compile("^\\| ([^|]+) \\| [^|]+ \\| `\\w+Test[^|]*\\|$", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/testing.md")))
            .results()
            .toList();

    assertThat(rows.stream().map(row -> row.group(1)).distinct())
        .as("sections of the guide that docs/testing.md has statements of")
        .containsAll(headings.subList(1, headings.indexOf("Questions") + 1));
  }
}
