package com.poolbrain.webhooks.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder below `target` with the packages of `src/test/node/package-lock.json`, and scripts that
/// use them.
///
/// ```java
/// Path script = NodeEnvironment.prepare().add(Path.of("express.mjs"));
/// ```
public final class NodeEnvironment {

  private static final Path REQUIREMENTS = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node");
  private static final String LOCK = "package-lock.json";

  private NodeEnvironment() {}

  /// Creates the folder, unless an earlier run did so with the same packages.
  public static NodeEnvironment prepare() throws IOException, InterruptedException {
    Path installed = FOLDER.resolve("installed.json");
    Path required = REQUIREMENTS.resolve(LOCK);
    if (!Files.exists(installed) || Files.mismatch(installed, required) >= 0) {
      Files.createDirectories(FOLDER);
      for (String file : new String[] {"package.json", LOCK}) {
        copy(REQUIREMENTS.resolve(file), FOLDER.resolve(file));
      }
      install();
      copy(required, installed);
    }
    return new NodeEnvironment();
  }

  /// Copies a script beside the packages, where it finds them.
  ///
  /// @return the copy
  public Path add(Path script) throws IOException {
    return copy(script, FOLDER.resolve(script.getFileName())).toAbsolutePath();
  }

  /// A script of a package.
  ///
  /// @param path its path below the folder of the packages
  public Path script(String path) {
    return FOLDER.resolve("node_modules").resolve(path).toAbsolutePath();
  }

  /// Packages must not run scripts of their own.
  private static void install() throws IOException, InterruptedException {
    String output;
    try {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .start();
      output = new String(npm.getInputStream().readAllBytes(), UTF_8);
      if (npm.waitFor() == 0) {
        return;
      }
    } catch (IOException missing) {
      output = missing.toString();
    }
    throw new AssertionError(
        "This test needs packages of Node.js. Install node and npm (Debian: apt-get install nodejs"
            + " npm), and let npm reach a registry: npm ci failed: "
            + output);
  }

  private static Path copy(Path from, Path to) throws IOException {
    return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
