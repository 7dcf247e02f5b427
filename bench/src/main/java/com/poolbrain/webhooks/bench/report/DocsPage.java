package com.poolbrain.webhooks.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The page of benchmarks: explanations from a template, facts from the results alone. Of each
/// scenario the newest result counts.
public final class DocsPage {

  private static final String TEMPLATE = "benchmarks.md";

  private final Report newest;
  private final Map<String, Chapter> chapters = new LinkedHashMap<>();
  private final Map<String, String> commands = new LinkedHashMap<>();
  private @Nullable Limits limits;

  /// @param reports oldest first; at least one
  public DocsPage(List<Report> reports) {
    newest = reports.getLast();
    for (Report report : reports) {
      limits = report.limits() == null ? limits : report.limits();
      for (Chapter chapter : report.chapters()) {
        Chapter known = chapters.get(chapter.scenario());
        if (known != null && known.failure() == null && chapter.failure() != null) {
          continue; // what was measured before says more
        }
        chapters.put(chapter.scenario(), chapter);
        commands.put(
            chapter.scenario(),
            "`%s` on %s, commit `%s`"
                .formatted(report.command(), report.date(), report.machine().commit()));
      }
    }
  }

  /// Writes `benchmarks.md` and its charts into a folder. What `benchmarks/notes.md` says there is
  /// taken over word for word: it is where people say why a target was missed.
  public void write(Path docs) throws IOException {
    Path charts = docs.resolve("benchmarks");
    Files.createDirectories(charts);
    for (Chapter chapter : chapters.values()) {
      if (!chapter.runs().isEmpty()) {
        Files.writeString(charts.resolve(chapter.scenario() + ".svg"), chart(chapter));
      }
    }
    String page =
        template()
            .replace("{{machine}}", machine())
            .replace("{{limits}}", limitsText())
            .replace("{{targets}}", targets())
            .replace("{{notes}}", notes(charts.resolve("notes.md")))
            .replace("{{chapters}}", chaptersText());
    Files.writeString(docs.resolve(TEMPLATE), page);
  }

  private static String notes(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private static String chart(Chapter chapter) {
    boolean closed = chapter.scenario().matches("throughput|backlog|companies");
    return closed
        ? Svg.bars(
            chapter.scenario() + ": deliveries a second",
            chapter.runs().stream().map(run -> new Svg.Bar(run.name(), run.perSecond())).toList())
        : Svg.percentiles(
            chapter.scenario() + ": end to end",
            chapter.runs().stream()
                .map(run -> new Svg.Line(run.name(), run.endToEnd().curve()))
                .toList());
  }

  private String machine() {
    Machine machine = newest.machine();
    return """
    | | |
    |---|---|
    | processor | %s, %d cores for everything |
    | memory | %s |
    | system | %s |
    | Java | %s |
    | PostgreSQL | %s, its configuration as it comes, `fsync` on |
    | options of the service's Java | `%s` |
    """
        .formatted(
            machine.processor(),
            machine.cores(),
            machine.memory(),
            machine.system(),
            machine.java(),
            machine.postgres(),
            machine.service())
        .strip();
  }

  private String limitsText() {
    return limits == null
        ? "The limits of this machine were not measured in these runs."
        : "```\n" + String.join("\n", Summary.of(limits)) + "\n```";
  }

  private String targets() {
    StringBuilder table = new StringBuilder("| Target | Must | Is | |\n|---|---|---|---|\n");
    for (Chapter chapter : chapters.values()) {
      for (Finding finding : chapter.findings()) {
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                finding.subject(),
                finding.mustText(),
                finding.isText(),
                finding.met() ? "" : "**missed**"));
      }
    }
    return table.toString().strip();
  }

  private String chaptersText() {
    StringBuilder text = new StringBuilder();
    for (Chapter chapter : chapters.values()) {
      String name = chapter.scenario();
      text.append("\n## ").append(name).append("\n\n");
      if (!chapter.runs().isEmpty()) {
        text.append("![%s](benchmarks/%s.svg)\n\n".formatted(name, name));
      }
      text.append("```\n").append(String.join("\n", Summary.of(chapter)).strip());
      text.append("\n```\n\n").append(commands.get(name)).append(".\n");
    }
    return text.toString().strip();
  }

  private static String template() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DocsPage.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
