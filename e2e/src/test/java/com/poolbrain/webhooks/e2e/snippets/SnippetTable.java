package com.poolbrain.webhooks.e2e.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Table of `docs/testing.md` with the answer of each snippet to each request.
final class SnippetTable {

  private static final Path DOCUMENT = Path.of("../docs/testing.md");
  private static final Path REPORT = Path.of("target", "snippets.md");
  private static final String FIRST_HEADING = "Snippet request";

  private final Map<String, Map<String, Integer>> answers = new LinkedHashMap<>();

  /// Adds the column of a snippet.
  void add(String language, Map<String, Integer> statusByRequest) {
    answers.put(language, statusByRequest);
  }

  /// Writes what was added as a table below `target`.
  void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| " + FIRST_HEADING + " | " + String.join(" | ", answers.keySet()) + " |");
    lines.add("|---".repeat(answers.size() + 1) + "|");
    for (SnippetRequest request : SnippetRequest.all()) {
      StringBuilder row = new StringBuilder("| " + request.name() + " |");
      for (Map<String, Integer> column : answers.values()) {
        row.append(" ").append(column.get(request.name())).append(" |");
      }
      lines.add(row.toString());
    }
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, lines);
  }

  /// The snippets that have a column in the document.
  static List<String> documentedLanguages() throws IOException {
    List<String> head = documented().getFirst();
    return head.subList(1, head.size());
  }

  /// The status by request in the column of a snippet.
  static Map<String, Integer> documentedColumn(String language) throws IOException {
    List<List<String>> rows = documented();
    int column = rows.getFirst().indexOf(language);
    Map<String, Integer> statuses = new LinkedHashMap<>();
    for (List<String> row : rows.subList(2, rows.size())) {
      statuses.put(row.getFirst(), Integer.valueOf(row.get(column)));
    }
    return statuses;
  }

  /// The cells of the table.
  private static List<List<String>> documented() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.startsWith("| " + FIRST_HEADING + " |"))
            .takeWhile(line -> line.startsWith("|"))
            .map(row -> Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList())
            .toList();
    if (rows.isEmpty()) {
      throw new AssertionError(DOCUMENT + " has no table that begins with " + FIRST_HEADING);
    }
    return rows;
  }
}
