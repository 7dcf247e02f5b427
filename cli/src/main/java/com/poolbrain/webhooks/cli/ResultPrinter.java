package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Table;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Option `--json`, and the printing of results: for people as tables and lines, else each result
/// as one line of JSON, as the API has it.
final class ResultPrinter {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Option(names = "--json", description = "Print each result as one line of JSON.")
  private boolean json;

  /// A column of a table.
  record Column(String heading, Function<JsonNode, String> toText) {

    /// A field of the entries, with the heading of its name.
    static Column of(String field) {
      return of(field, "/" + field);
    }

    /// @param pointer JSON pointer to the value
    static Column of(String heading, String pointer) {
      return new Column(heading, entry -> text(entry.at(pointer)));
    }
  }

  static String text(JsonNode value) {
    if (value.isArray()) {
      return String.join(", ", value.valueStream().map(element -> element.asString("")).toList());
    }
    return value.isMissingNode() || value.isNull() ? "-" : value.asString("-");
  }

  void print(Terminal terminal, List<JsonNode> entries, String nothingFound, Column... columns) {
    if (json) {
      entries.forEach(entry -> printJson(terminal, entry));
    } else if (entries.isEmpty()) {
      terminal.println(nothingFound);
    } else {
      table(entries, columns).toLines().forEach(terminal::println);
    }
  }

  private static Table table(List<JsonNode> entries, Column... columns) {
    Table table = new Table(List.of(columns).stream().map(Column::heading).toArray(String[]::new));
    for (JsonNode entry : entries) {
      table.addRow(
          List.of(columns).stream()
              .map(column -> column.toText().apply(entry))
              .toArray(String[]::new));
    }
    return table;
  }

  /// Prints one result.
  ///
  /// @param toLines its text for people
  void print(Terminal terminal, JsonNode result, Function<JsonNode, List<String>> toLines) {
    if (json) {
      printJson(terminal, result);
    } else {
      toLines.apply(result).forEach(terminal::println);
    }
  }

  private static void printJson(Terminal terminal, JsonNode result) {
    terminal.println(JSON.writeValueAsString(result));
  }

  /// The fields of a result, each on a line; nested ones as JSON.
  static List<String> fields(JsonNode result) {
    return result.properties().stream()
        .map(field ->
            "%-22s %s"
                .formatted(
                    field.getKey(),
                    field.getValue().isObject()
                        ? field.getValue().toString()
                        : text(field.getValue())))
        .toList();
  }
}
