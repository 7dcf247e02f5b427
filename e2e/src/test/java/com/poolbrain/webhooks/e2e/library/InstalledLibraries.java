package com.poolbrain.webhooks.e2e.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A local Maven repository with the published libraries as this build made them. Everything else
/// in it is the repository of this machine, by symbolic links, so the libraries leave no trace
/// there.
final class InstalledLibraries implements AutoCloseable {

  static final List<String> LIBRARIES =
      List.of("signature", "events", "consumer", "consumer-test", "spring-boot-starter");
  static final String VERSION = "0.1.0";

  private static final Path PROJECT = Path.of("..");
  private static final Path GROUP = Path.of("com", "poolbrain");

  private final Path repository;

  private InstalledLibraries(Path repository) {
    this.repository = repository;
  }

  /// Installs the libraries into a new repository.
  static InstalledLibraries in(Path repository) throws IOException {
    // The first one is set by Surefire.
    Path usual =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    link(usual, repository, GROUP);
    var installed = new InstalledLibraries(repository);
    installed.install("bom", "pom", PROJECT.resolve("bom/pom.xml"));
    for (String library : LIBRARIES) {
      Path target = PROJECT.resolve(library).resolve("target");
      installed.install(library, "pom", target.resolve(".flattened-pom.xml"));
      String file = artifactId(library) + "-" + VERSION;
      installed.install(library, "jar", target.resolve(file + ".jar"));
    }
    return installed;
  }

  /// Links all files of a folder except one path.
  private static void link(Path from, Path to, Path except) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().equals(except.getName(0))) {
          Files.createSymbolicLink(to.resolve(file.getFileName()), file.toAbsolutePath());
        } else if (except.getNameCount() > 1) {
          link(file, to.resolve(file.getFileName()), except.subpath(1, except.getNameCount()));
        }
      }
    }
  }

  private void install(String library, String type, Path file) throws IOException {
    assertThat(file).as("run ./webhooks test --all, which makes it").isRegularFile();
    String artifact = artifactId(library);
    Path folder = repository.resolve(GROUP).resolve(artifact).resolve(VERSION);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + type));
  }

  /// Deletes the links, which JUnit would warn of.
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  static String artifactId(String library) {
    return "poolbrain-webhooks-" + library;
  }

  /// Runs Maven in a folder with this repository.
  ///
  /// @return its output
  String maven(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("mvn", "-B", "-q", "-ntp", "-Dmaven.repo.local=" + repository),
                Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
