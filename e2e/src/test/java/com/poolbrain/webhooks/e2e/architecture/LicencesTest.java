package com.poolbrain.webhooks.e2e.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// NOTICE lists every library that is shipped, with its licence.
class LicencesTest {

  private static final Path NOTICE = Path.of("..", "NOTICE");
  private static final Path SBOM = Path.of("..", "cli", "target", "webhooks-sbom.json");
  private static final Path SHIPPED_JARS = Path.of("..", "cli", "target", "lib");
  private static final Pattern ROW =
      Pattern.compile("^([a-z0-9.-]+:\\S+) +(\\S.*)$", Pattern.MULTILINE);

  @Test
  void every_shipped_library_is_in_the_notice_with_its_licence() throws IOException {
    Map<String, String> noticed = new TreeMap<>();
    ROW.matcher(Files.readString(NOTICE))
        .results()
        .forEach(row -> noticed.put(row.group(1), row.group(2)));

    assertThat(noticed).isEqualTo(licencesBySbom());
  }

  @Test
  void bill_of_materials_has_every_shipped_jar() throws IOException {
    long libraries;
    try (var jars = Files.list(SHIPPED_JARS)) {
      libraries = jars.count();
    }

    assertThat(sbom().path("components").size()).isEqualTo(libraries);
  }

  private static Map<String, String> licencesBySbom() throws IOException {
    Map<String, String> licences = new TreeMap<>();
    for (JsonNode component : sbom().path("components")) {
      String group = component.path("group").asString("");
      if (!group.equals("com.poolbrain")) {
        licences.put(
            group + ":" + component.path("name").asString(""), licence(component.path("licenses")));
      }
    }
    return licences;
  }

  private static String licence(JsonNode choices) {
    return choices
        .valueStream()
        .map(choice ->
            choice
                .path("expression")
                .asString(
                    choice
                        .path("license")
                        .path("id")
                        .asString(choice.path("license").path("name").asString("unknown"))))
        .collect(joining(" or "));
  }

  private static JsonNode sbom() throws IOException {
    assertThat(SBOM).as("the build makes it: run ./webhooks test").exists();
    return JsonMapper.shared().readTree(Files.readString(SBOM));
  }
}
