package com.poolbrain.webhooks.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Documents name tests that exist.
class DocumentedTestsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path THREATS = ROOT.resolve("SECURITY.md");
  private static final Path CONSUMERS = ROOT.resolve("docs/consumer.md");

  /// A test class, and possibly one of its methods.
  private static final Pattern TEST_NAME =
      Pattern.compile("`([A-Z]\\w*(?:Test|Contract))(?:\\.([a-z]\\w*))?`");

  /// A row of a table that is neither its head nor the line below.
  private static final Pattern THREAT =
      Pattern.compile("^\\| (?!Attack|Asset|-)[^|]+ \\| [^|]+ \\| (.*) \\|$", Pattern.MULTILINE);

  /// A row of the table of mistakes of consumers, without its head.
  private static final Pattern MISTAKE =
      Pattern.compile("^\\| (?!A consumer|-)[^|]+ \\| [^|]+ \\| (.*) \\|$", Pattern.MULTILINE);

  private static final int MIN_MISTAKES = 20;

  @Test
  void every_test_named_in_a_document_exists() throws IOException {
    Map<String, String> sources = readTestSources();
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      List<MatchResult> names = TEST_NAME.matcher(Files.readString(document)).results().toList();
      names.stream()
          .filter(name -> !exists(name, sources))
          .forEach(name -> missing.add(document.getFileName() + ": " + name.group()));
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void every_attack_of_the_threat_model_has_a_test() throws IOException {
    List<String> tests =
        THREAT.matcher(Files.readString(THREATS)).results().map(row -> row.group(1)).toList();

    assertThat(tests)
        .isNotEmpty()
        .allMatch(cell -> TEST_NAME.matcher(cell).find(), "names a test that proves the defence");
  }

  @Test
  void every_mistake_of_consumers_has_a_test_of_how_the_library_prevents_it() throws IOException {
    String document = Files.readString(CONSUMERS);
    String section = document.substring(document.indexOf("## What goes wrong in consumers"));
    List<String> tests = MISTAKE.matcher(section).results().map(row -> row.group(1)).toList();

    assertThat(tests)
        .hasSizeGreaterThan(MIN_MISTAKES)
        .allMatch(cell -> TEST_NAME.matcher(cell).find(), "names a test");
  }

  private static boolean exists(MatchResult name, Map<String, String> sources) {
    String source = sources.getOrDefault(name.group(1), "");
    return name.group(2) == null
        ? !source.isEmpty()
        : source.contains("void " + name.group(2) + "(");
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
      return Stream.of(root, docs, samples.map(sample -> sample.resolve("README.md")))
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  /// By the name of the class. Classes of the same name in two modules are one text.
  private static Map<String, String> readTestSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT);
        Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
      for (Path folder :
          Stream.concat(modules, samples).map(module -> module.resolve("src")).toList()) {
        if (Files.isDirectory(folder)) {
          addSources(folder, sources);
        }
      }
    }
    return sources;
  }

  private static void addSources(Path folder, Map<String, String> sources) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(found -> found.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
  }
}
