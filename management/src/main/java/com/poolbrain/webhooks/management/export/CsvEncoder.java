package com.poolbrain.webhooks.management.export;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes rows as CSV (RFC 4180). A column `last_attempt.number` is the value `number` of the map
/// `last_attempt`. The last line begins with `#` and has the same number of cells as all others.
final class CsvEncoder implements RowEncoder {

  private static final String END_OF_LINE = "\r\n";

  /// A spreadsheet takes a cell that begins with one of these for a formula.
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private static final String QUOTED_CHARACTERS = "\",\r\n";

  private final List<String> columns;

  CsvEncoder(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public String begin() {
    return String.join(",", columns) + END_OF_LINE;
  }

  @Override
  public String row(Row row) {
    return columns.stream()
        .map(column -> cell(find(row.values(), column)))
        .collect(Collectors.joining(",", "", END_OF_LINE));
  }

  private static @Nullable Object find(Map<?, ?> row, String column) {
    int dot = column.indexOf('.');
    if (dot < 0) {
      return row.get(column);
    }
    return row.get(column.substring(0, dot)) instanceof Map<?, ?> inner
        ? inner.get(column.substring(dot + 1))
        : null;
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> map.isEmpty() ? "" : quote(JsonText.of(map));
      default -> quote(JsonText.plain(value));
    };
  }

  /// The text as a cell: no formula, and in quotes if it needs them.
  private static String quote(String text) {
    boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    return safe.chars().anyMatch(c -> QUOTED_CHARACTERS.indexOf(c) >= 0)
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  @Override
  public String end(long rows, @Nullable String missing) {
    String state =
        missing == null
            ? "# complete: %d rows".formatted(rows)
            : "# incomplete after %d rows: %s".formatted(rows, missing);
    return quote(state) + ",".repeat(columns.size() - 1) + END_OF_LINE;
  }
}
