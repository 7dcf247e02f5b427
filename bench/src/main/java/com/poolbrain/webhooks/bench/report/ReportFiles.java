package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reports as JSON files in a folder, which is created when needed.
public record ReportFiles(Path folder) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Writes a report to a file named by its date.
  public void write(Report report) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(report.date().replaceAll("[^0-9TZ]", "") + ".json");
      Files.write(file, JSON.writeValueAsBytes(report));
    } catch (IOException e) {
      throw CommandException.of(
          "can't write the results to " + folder + ": " + IoMessages.describe(e));
    }
  }

  /// All reports of the folder, oldest first; at least one.
  public List<Report> read() {
    List<Report> reports = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        reports.add(read(file));
      }
    } catch (IOException e) {
      throw CommandException.of(
          "can't read the results in " + folder + ": " + IoMessages.describe(e));
    }
    if (reports.isEmpty()) {
      throw CommandException.of(
          "there are no results in %s; create some with: webhooks bench run --out %s"
              .formatted(folder, folder));
    }
    reports.sort(Comparator.comparing(Report::date));
    return reports;
  }

  private static Report read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), Report.class);
    } catch (JacksonException e) {
      throw CommandException.of(
          "%s is not a result file of this version of the bench (%s); remove it."
              .formatted(file, e.getOriginalMessage()));
    }
  }
}
