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

/// Reports as JSON files of a folder.
///
/// @param folder made when it is needed
public record ReportFiles(Path folder) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Writes a report to a file of its own.
  public Path write(Report report) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(report.date().replaceAll("[^0-9TZ]", "") + ".json");
    Files.write(file, JSON.writeValueAsBytes(report));
    return file;
  }

  /// All reports of the folder, oldest first.
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
          "there are no results in "
              + folder
              + "; make some with: webhooks bench run --out "
              + folder);
    }
    reports.sort(Comparator.comparing(Report::date));
    return reports;
  }

  private static Report read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), Report.class);
    } catch (JacksonException e) {
      throw CommandException.of(
          file + " holds no results of the bench (" + e.getOriginalMessage() + "); move it away.");
    }
  }
}
