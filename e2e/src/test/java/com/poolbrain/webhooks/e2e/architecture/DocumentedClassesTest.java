package com.poolbrain.webhooks.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// CONTRIBUTING.md describes the way of an event with classes that exist.
class DocumentedClassesTest {

  private static final Path CONTRIBUTING = Path.of("..", "CONTRIBUTING.md");
  private static final Pattern SECTION =
      Pattern.compile(
          "^## How an event travels\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  /// A class, possibly nested, or one of its methods.
  private static final Pattern CLASS_NAME =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*(?:\\.[A-Z]\\w*)*)(?:\\.[a-z]\\w*(?:\\(\\))?)?`");

  private static final int MIN_CLASSES = 10;

  @Test
  void every_class_named_in_the_section_how_an_event_travels_exists() throws IOException {
    Matcher section = SECTION.matcher(Files.readString(CONTRIBUTING));
    assertThat(section.find()).as("section 'How an event travels' of CONTRIBUTING.md").isTrue();
    List<String> names =
        CLASS_NAME
            .matcher(section.group(1))
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();

    assertThat(names).hasSizeGreaterThanOrEqualTo(MIN_CLASSES);
    assertThat(names).allMatch(DocumentedClassesTest::exists, "is a class of the product");
  }

  private static boolean exists(String name) {
    String suffix = "." + name.replace('.', '$');
    return ArchitectureTest.CLASSES.stream().anyMatch(type -> type.getName().endsWith(suffix));
  }
}
