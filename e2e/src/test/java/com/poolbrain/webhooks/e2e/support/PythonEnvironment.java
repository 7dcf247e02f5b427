package com.poolbrain.webhooks.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A Python environment below `target` with the packages of `src/test/python/requirements.txt`.
///
/// ```java
/// Process schemathesis = PythonEnvironment.prepare().start("schemathesis", "run", url);
/// ```
public final class PythonEnvironment {

  private static final Path REQUIREMENTS = Path.of("src", "test", "python", "requirements.txt");
  private static final Path FOLDER = Path.of("target", "python");

  private PythonEnvironment() {}

  /// Creates the environment, unless an earlier run did so with the same packages.
  public static PythonEnvironment prepare() throws IOException, InterruptedException {
    PythonEnvironment environment = new PythonEnvironment();
    Path installed = FOLDER.resolve("installed.txt");
    byte[] required = Files.readAllBytes(REQUIREMENTS);
    if (!Files.exists(installed) || Files.mismatch(installed, REQUIREMENTS) >= 0) {
      run(
          "install python3 and python3-venv (Debian: apt-get install python3-venv)",
          List.of("python3", "-m", "venv", "--clear", FOLDER.toString()));
      run(
          "let pip reach a Python package index; PIP_INDEX_URL names another one than pypi.org",
          List.of(
              environment.program("pip").toString(),
              "install",
              "--quiet",
              "--requirement",
              REQUIREMENTS.toString()));
      Files.write(installed, required);
    }
    return environment;
  }

  /// Starts a program of the packages. Its errors are part of its output.
  public Process start(String program, String... arguments) throws IOException {
    return start(
        Stream.concat(Stream.of(program(program).toString()), Stream.of(arguments)).toList());
  }

  /// A program of the packages.
  public Path program(String name) {
    return FOLDER.resolve("bin").resolve(name).toAbsolutePath();
  }

  private static void run(String advice, List<String> command)
      throws IOException, InterruptedException {
    String output;
    try {
      Process process = start(command);
      output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() == 0) {
        return;
      }
    } catch (IOException missing) {
      output = missing.toString();
    }
    throw new AssertionError(
        "This test needs Python packages: %s.%n%s failed: %s"
            .formatted(advice, String.join(" ", command), output));
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONUTF8", "1");
    return builder.start();
  }
}
