package com.poolbrain.webhooks.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Table with aligned columns.
public final class Table {

  private final List<String[]> rows = new ArrayList<>();

  /// A table with these headings.
  public Table(String... headings) {
    rows.add(headings.clone());
  }

  /// Adds a row with as many cells as there are headings.
  public void addRow(String... cells) {
    if (cells.length != rows.getFirst().length) {
      throw new IllegalArgumentException("a row needs as many cells as there are headings");
    }
    rows.add(cells.clone());
  }

  /// The lines of the table: headings, a rule, the rows.
  public List<String> toLines() {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      lines.add(formatRow(row, widths));
    }
    lines.add(1, "-".repeat(Arrays.stream(widths).sum() + 2 * (columns - 1)));
    return lines;
  }

  private static String formatRow(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 2);
    }
    return line.toString().stripTrailing();
  }
}
