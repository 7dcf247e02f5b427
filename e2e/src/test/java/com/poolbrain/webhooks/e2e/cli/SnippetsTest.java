package com.poolbrain.webhooks.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The verification snippets that the settings page shows accept exactly the valid vectors.
class SnippetsTest {

  private static final Path FOLDER = Path.of("../docs/snippets");
  private static final Path VECTORS =
      Path.of("../signature/src/test/resources/vectors/signature.json");

  private static final String PYTHON =
      """
      import base64, sys
      sys.path.insert(0, sys.argv[1])
      from verify import is_valid
      for line in sys.stdin.read().splitlines():
          body, signature, secret = (base64.b64decode(part) for part in line.split(','))
          print('true' if is_valid(body, signature.decode(), secret.decode()) else 'false')
      """;

  private static final String NODE =
      """
      const { isValid } = await import(process.argv[1] + '/verify.mjs');
      let text = '';
      for await (const chunk of process.stdin) text += chunk;
      for (const line of text.split('\\n').filter(Boolean)) {
        const [body, signature, secret] = line.split(',').map((part) => Buffer.from(part, 'base64'));
        console.log(isValid(body, signature.toString(), secret.toString()));
      }
      """;

  /// A vector, and the same one with another signature.
  private record Vector(byte[] body, String signature, String secret, boolean isValid) {

    String line() {
      return Stream.of(
              body,
              signature.getBytes(StandardCharsets.UTF_8),
              secret.getBytes(StandardCharsets.UTF_8))
          .map(Base64.getEncoder()::encodeToString)
          .reduce((a, b) -> a + "," + b)
          .orElseThrow();
    }
  }

  private static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode vector : JsonMapper.shared().readTree(Files.readString(VECTORS)).path("valid")) {
      byte[] body = Base64.getDecoder().decode(vector.path("body_base64").asString());
      String signature = vector.path("signature").asString();
      String secret = vector.path("secret").asString();
      vectors.add(new Vector(body, signature, secret, true));
      vectors.add(new Vector(body, "0".repeat(64), secret, false));
      vectors.add(new Vector(body, signature.substring(1), secret, false));
      vectors.add(new Vector(body, signature, secret + "x", false));
    }
    assertThat(vectors).hasSizeGreaterThan(8);
    return vectors;
  }

  private static List<String> expected() throws IOException {
    return vectors().stream().map(vector -> Boolean.toString(vector.isValid())).toList();
  }

  @Test
  void index_lists_every_file_of_the_folder() throws IOException {
    List<String> listed =
        Files.readAllLines(FOLDER.resolve("index.txt")).stream()
            .map(line -> line.split(" +", 2)[0])
            .sorted()
            .toList();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.equals("index.txt"))
                  .sorted())
          .containsExactlyElementsOf(listed);
    }
  }

  @Test
  void java_snippet_accepts_exactly_the_valid_vectors(@TempDir Path folder) throws Exception {
    Path source =
        Files.copy(FOLDER.resolve("verify.java"), folder.resolve("WebhookSignature.java"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(result).isZero();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method isValid =
          loader
              .loadClass("WebhookSignature")
              .getDeclaredMethod("isValid", byte[].class, String.class, String.class);
      isValid.setAccessible(true);
      for (Vector vector : vectors()) {
        assertThat(isValid.invoke(null, vector.body(), vector.signature(), vector.secret()))
            .isEqualTo(vector.isValid());
      }
    }
  }

  @Test
  @Tag("needs-programs")
  void python_snippet_accepts_exactly_the_valid_vectors() throws Exception {
    assertThat(run("python3", "-B", "-c", PYTHON)).isEqualTo(expected());
  }

  @Test
  @Tag("needs-programs")
  void node_snippet_accepts_exactly_the_valid_vectors() throws Exception {
    assertThat(run("node", "--input-type=module", "-e", NODE)).isEqualTo(expected());
  }

  /// What a program prints that gets the folder of the snippets and all vectors.
  private static List<String> run(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.add(FOLDER.toRealPath().toString());
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
      for (Vector vector : vectors()) {
        input.write(vector.line() + "\n");
      }
    }
    List<String> output = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", output)).isZero();
    return output;
  }
}
