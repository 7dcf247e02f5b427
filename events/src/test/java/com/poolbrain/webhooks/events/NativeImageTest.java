package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A native image of GraalVM has only those resources that the module names.
class NativeImageTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final String METADATA =
      "/META-INF/native-image/com.poolbrain/poolbrain-webhooks-events/resource-config.json";

  @Test
  void a_native_image_has_all_resources_of_this_module() throws IOException {
    List<Pattern> patterns = readPatterns();
    try (Stream<Path> files = Files.walk(RESOURCES.resolve("com"))) {
      List<String> resources =
          files
              .filter(Files::isRegularFile)
              .map(file -> RESOURCES.relativize(file).toString().replace('\\', '/'))
              .toList();

      assertThat(resources)
          .hasSizeGreaterThan(10)
          .allMatch(resource ->
              patterns.stream().anyMatch(pattern -> pattern.matcher(resource).matches()));
    }
  }

  private static List<Pattern> readPatterns() throws IOException {
    return JsonMapper.shared()
        .readTree(TestFiles.read(METADATA))
        .path("resources")
        .path("includes")
        .valueStream()
        .map(include -> Pattern.compile(include.path("pattern").stringValue()))
        .toList();
  }
}
