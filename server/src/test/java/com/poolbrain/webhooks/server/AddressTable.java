package com.poolbrain.webhooks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rows of `endpoint-addresses.txt`, which explains their columns.
final class AddressTable {

  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  /// A URL, with what is expected of it.
  ///
  /// @param settings variables of the section, such as `WEBHOOKS_ALLOW_HTTP=true`
  /// @param answers the addresses of each DNS look-up; empty if there is no script
  /// @param saved `ok`, or words of the reason with which it is refused
  /// @param connected what each attempt connects to, or why it does not
  record Row(
      List<String> settings,
      String url,
      List<List<String>> answers,
      String saved,
      List<String> connected) {

    @Override
    public String toString() {
      return String.join(" ", settings) + " " + url + " " + answers;
    }
  }

  private AddressTable() {}

  static List<Row> read() {
    List<Row> rows = new ArrayList<>();
    List<String> settings = List.of();
    for (String line : text().lines().toList()) {
      if (line.startsWith("==")) {
        settings =
            Stream.of(line.split(" ", -1)).filter(word -> word.startsWith("WEBHOOKS_")).toList();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        rows.add(parse(settings, line));
      }
    }
    return rows;
  }

  private static Row parse(List<String> settings, String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != 4) {
      throw new IllegalStateException("not a row of four columns: " + line);
    }
    String url = columns[0].substring(0, columns[0].length() - 1);
    List<List<String>> answers =
        columns[1].isBlank()
            ? List.of()
            : steps(columns[1]).stream().map(step -> List.of(step.split(" ", -1))).toList();
    return new Row(settings, unescape(url), answers, columns[2].strip(), steps(columns[3]));
  }

  private static List<String> steps(String column) {
    return List.of(column.strip().split(" then ", -1));
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape -> Character.toString(Integer.parseInt(escape.group(1), 16)));
  }

  private static String text() {
    try (InputStream in = AddressTable.class.getResourceAsStream("endpoint-addresses.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
