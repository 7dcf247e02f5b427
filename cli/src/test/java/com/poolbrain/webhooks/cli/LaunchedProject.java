package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A project of its own for the launcher, with a PATH and JDK folders of its own.
abstract class LaunchedProject {

  private static final Path LAUNCHER = Path.of("..", "webhooks");

  @TempDir Path folder;
  Path project;
  private Path bin;

  @BeforeEach
  final void makeProject() throws IOException {
    project = Files.createDirectories(folder.resolve("the project"));
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        List.of(
            "cat",
            "dirname",
            "find",
            "head",
            "mkdir",
            "mv",
            "rm",
            "rmdir",
            "sed",
            "sleep",
            "cp",
            "readlink")) {
      script(bin.resolve(tool), "#!/bin/sh\nexec " + which(tool) + " \"$@\"\n");
    }
    String text =
        Files.readString(LAUNCHER)
            .replace("/usr/lib/jvm/", "'" + folder + "'/jvm/")
            .replace("/usr/libexec/java_home", "/nowhere/java_home");
    assertThat(text).contains(folder + "'/jvm/*");
    script(project.resolve("webhooks"), text);
    Files.createDirectories(project.resolve(".mvn"));
    Files.createDirectories(project.resolve("cli/src/main"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("cli/pom.xml"), "<project/>");
  }

  final Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    script(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s|' \"$0\" \"$@\"; echo; exit 7\n");
    return home;
  }

  final void maven(String body) throws IOException {
    script(bin.resolve("mvn"), "#!/bin/sh\n" + body + "\n");
  }

  static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path which(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  final Run launch(String... args) throws Exception {
    return finish(start(project.resolve("webhooks"), args));
  }

  final Process start(Path launcher, String... args) throws IOException {
    return builder(launcher, args).start();
  }

  ProcessBuilder builder(Path launcher, String... args) {
    List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", folder.toString());
    return builder;
  }

  static Run finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), out, err);
  }
}
