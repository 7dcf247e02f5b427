package com.poolbrain.webhooks.e2e.snippets;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The snippets that the settings page shows, run as servers: each answers the same requests
/// rightly, and does its work once for each item.
class SnippetsTest {

  /// The longest snippet, without imports and comments.
  private static final int MAX_LINES = 40;

  private static final Pattern ANY_EVENT = Pattern.compile("\\b(customer|job)(\\.\\w+)+(?= )");

  private static final SnippetTable TABLE = new SnippetTable();

  @TempDir private Path folder;

  @AfterAll
  static void writeTable() throws IOException {
    TABLE.write();
  }

  private static List<String> index() throws IOException {
    return Files.readAllLines(SnippetServer.SNIPPETS.resolve("index.txt"));
  }

  @Test
  void index_lists_every_file_of_the_folder() throws IOException {
    List<String> listed = index().stream().map(line -> line.split(" +", 2)[0]).sorted().toList();
    try (Stream<Path> files = Files.list(SnippetServer.SNIPPETS)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.equals("index.txt"))
                  .sorted())
          .containsExactlyElementsOf(listed);
    }
  }

  @Test
  void snippets_are_short_enough_to_read() throws IOException {
    for (String line : index()) {
      Path file = SnippetServer.SNIPPETS.resolve(line.split(" +", 2)[0]);
      assertThat(Files.readAllLines(file).stream().filter(SnippetsTest::isCode))
          .as(file.toString())
          .hasSizeLessThanOrEqualTo(MAX_LINES);
    }
  }

  private static boolean isCode(String line) {
    String text = line.strip();
    return !text.isEmpty()
        && !text.matches("(import|from|using|use) .*|\"[a-z/0-9]+\"|(//|#|/\\*\\*) .*");
  }

  @Test
  void documentation_has_the_column_of_every_snippet() throws IOException {
    assertThat(SnippetTable.documentedLanguages())
        .containsExactlyElementsOf(index().stream().map(line -> line.split(" +", 2)[1]).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Java", "Spring"})
  void java_snippet_answers_every_request_rightly(String language) throws Exception {
    run(language);
  }

  @Tag("needs-programs")
  @ParameterizedTest
  @ValueSource(
      strings = {"Flask", "FastAPI", "Express", "Next.js", "Go", "PHP", "Laravel", "Rails", "C#"})
  void snippet_answers_every_request_rightly(String language) throws Exception {
    run(language);
  }

  private void run(String language) throws Exception {
    Map<String, Integer> answers = new LinkedHashMap<>();
    for (List<SnippetRequest> sameSecret : bySecret()) {
      Path own = Files.createDirectory(folder.resolve("server" + answers.size()));
      try (SnippetServer server =
          new SnippetServer(language, sameSecret.getFirst().secret(), own)) {
        for (SnippetRequest request : sameSecret) {
          int status = request.send(server.port());
          assertThat(request.isRight(status)).as("%s: answered %d", request, status).isTrue();
          answers.put(request.name(), status);
        }
        Map<String, Long> expected = expectedItems(sameSecret);
        Await.until(
            "the server wrote its items",
            () -> count(handledItems(server.output())) >= count(expected));
        server.end();
        assertThat(handledItems(server.output()))
            .as(
                "items that the server handled, by event; it wrote:%n%s",
                shortened(server.output()))
            .isEqualTo(expected);
      }
    }
    TABLE.add(language, answers);
    assertThat(SnippetTable.documentedColumn(language))
        .as("column of docs/testing.md; the new table is in target/snippets.md")
        .containsExactlyInAnyOrderEntriesOf(answers);
  }

  private static long count(Map<String, Long> items) {
    return items.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String shortened(String output) {
    return output
        .lines()
        .map(line -> line.substring(0, Math.min(200, line.length())))
        .collect(joining("\n"));
  }

  /// The requests of each server, since a server has one secret.
  private static List<List<SnippetRequest>> bySecret() {
    Map<String, List<SnippetRequest>> groups = new LinkedHashMap<>();
    for (SnippetRequest request : SnippetRequest.all()) {
      groups.computeIfAbsent(request.secret(), _ -> new ArrayList<>()).add(request);
    }
    return List.copyOf(groups.values());
  }

  private static Map<String, Long> expectedItems(List<SnippetRequest> requests) {
    Set<String> ids = new HashSet<>();
    return requests.stream()
        .filter(request -> request.isAccepted() && ids.add(request.id()))
        .flatMap(request -> request.eventOfEachItem().stream())
        .collect(groupingBy(identity(), TreeMap::new, counting()));
  }

  private static Map<String, Long> handledItems(String output) {
    return Arrays.stream(output.split("\n"))
        .flatMap(line -> ANY_EVENT.matcher(line).results().map(found -> found.group()))
        .collect(groupingBy(identity(), TreeMap::new, counting()));
  }
}
