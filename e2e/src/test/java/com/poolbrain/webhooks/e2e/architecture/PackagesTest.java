package com.poolbrain.webhooks.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Size and purpose of packages.
class PackagesTest {

  private static final Path PROJECT = Path.of("..");
  private static final int MAX_FILES = 25;

  /// Benchmarks are in the packages that they measure.
  private static final String BENCHMARKS = "micro";

  @Test
  void no_package_has_more_than_25_classes() throws IOException {
    assertThat(classCounts())
        .isNotEmpty()
        .allSatisfy((folder, count) ->
            assertThat(count).as(folder.toString()).isLessThanOrEqualTo(MAX_FILES));
  }

  @Test
  void every_package_has_a_package_info_with_its_purpose() throws IOException {
    assertThat(classCounts().keySet())
        .isNotEmpty()
        .allSatisfy(
            folder -> assertThat(folder.resolve("package-info.java")).content().startsWith("/// "));
  }

  /// Classes per folder of main sources.
  private static Map<Path, Long> classCounts() throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .filter(sources -> !sources.startsWith(PROJECT.resolve(BENCHMARKS)))
          .flatMap(PackagesTest::files)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
          .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    }
  }

  private static Stream<Path> files(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
