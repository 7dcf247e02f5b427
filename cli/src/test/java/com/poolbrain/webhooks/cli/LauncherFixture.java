package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A project with a copy of the launcher, which sees only the PATH and the JDKs of this fixture.
abstract class LauncherFixture {

  private static final Path LAUNCHER = Path.of("..", "webhooks");

  @TempDir Path folder;
  Path project;

  /// The environment of a launch.
  final Map<String, String> environment = new HashMap<>();

  private Path binFolder;

  @BeforeEach
  final void createProject() throws IOException {
    project = Files.createDirectories(folder.resolve("the project"));
    binFolder = Files.createDirectories(folder.resolve("bin"));
    environment.put("PATH", binFolder.toString());
    environment.put("HOME", folder.toString());
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
      writeScript(binFolder.resolve(tool), "#!/bin/sh\nexec " + findTool(tool) + " \"$@\"\n");
    }
    String text =
        Files.readString(LAUNCHER)
            .replace("/usr/lib/jvm/", "'" + folder + "'/jvm/")
            .replace("/usr/libexec/java_home", "/nowhere/java_home");
    assertThat(text).contains(folder + "'/jvm/*");
    writeScript(project.resolve("webhooks"), text);
    Files.createDirectories(project.resolve(".mvn"));
    Files.createDirectories(project.resolve("cli/src/main"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("cli/pom.xml"), "<project/>");
  }

  final Path installJdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    writeScript(home.resolve("bin/javac"), "#!/bin/sh\n");
    writeScript(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s|' \"$0\" \"$@\"; echo; exit 7\n");
    return home;
  }

  final void installMaven(String body) throws IOException {
    writeScript(binFolder.resolve("mvn"), "#!/bin/sh\n" + body + "\n");
  }

  final void installBrowser() throws IOException {
    writeScript(binFolder.resolve("chromium"), "#!/bin/sh\n");
  }

  static void writeScript(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path findTool(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  final ProcessResult launch(String... args) throws Exception {
    return awaitResult(start(project.resolve("webhooks"), args));
  }

  final Process start(Path launcher, String... args) throws IOException {
    return processBuilder(launcher, args).start();
  }

  final ProcessBuilder processBuilder(Path launcher, String... args) {
    List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  static ProcessResult awaitResult(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new ProcessResult(process.waitFor(), out, err);
  }
}
