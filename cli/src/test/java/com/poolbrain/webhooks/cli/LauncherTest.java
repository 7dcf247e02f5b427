package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The launcher with stubs of `java` and `mvn` that print their arguments.
@Timeout(300)
class LauncherTest extends LauncherFixture {

  @Test
  void missing_jdk_is_reported_with_what_to_install() throws Exception {
    installMaven("echo built");

    ProcessResult result = launch("sign");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("JDK 25").contains("JAVA_HOME").hasLineCount(1);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void jdk_older_than_25_is_not_used() throws Exception {
    installJdk("jvm/jdk-17", "17.0.15");
    installJdk("jvm/jdk-8", "1.8.0_452");

    assertThat(launch("sign").exitCode()).isEqualTo(2);
  }

  @Test
  void missing_maven_is_reported_with_what_to_install() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");

    ProcessResult result = launch("sign");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Maven").contains("PATH").hasLineCount(1);
  }

  @Test
  void launcher_builds_once_and_passes_arguments_on() throws Exception {
    Path jdk = installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo \"mvn with $JAVA_HOME: $*\" >&2");

    ProcessResult first = launch("sign", "--body", "a b");
    ProcessResult second = launch("sign", "--body", "a b");

    assertThat(first.err()).contains("mvn with " + jdk).contains("package");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("cli/target/webhooks.jar").endsWith("|sign|--body|a b|\n");
    assertThat(second.exitCode()).isEqualTo(7);
  }

  @Test
  void settings_are_passed_to_the_service_but_not_to_the_build_and_the_training_run()
      throws Exception {
    Path jdk = installJdk("jvm/jdk-25", "25.0.3");
    String print = "printf '%s sees %s and %s\n' \"$0\" \"$WEBHOOKS_MASTER_KEY\" \"$WEBHOOKS_KEY\"";
    writeScript(jdk.resolve("bin/java"), "#!/bin/sh\n" + print + " >>\"$HOME/seen\"\nexit 0\n");
    installMaven(print + " >>\"$HOME/seen\"");
    environment.put("WEBHOOKS_MASTER_KEY", "a'b\nWEBHOOKS_PORT=1");
    environment.put("WEBHOOKS_KEY", "k=v");

    assertThat(launch("serve").err()).contains("AOT training run");

    String java = jdk.resolve("bin/java").toString();
    assertThat(folder.resolve("seen"))
        .hasContent(
            """
            %1$s/bin/mvn sees  and\s
            %2$s sees  and\s
            %2$s sees  and\s
            %2$s sees a'b
            WEBHOOKS_PORT=1 and k=v
            """
                .formatted(folder, java));
  }

  @Test
  void bench_module_is_built_only_by_the_bench_command() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo \"mvn $*\" >&2");

    assertThat(launch("sign").err()).contains("mvn").contains("-pl cli");
    ProcessResult bench = launch("bench", "run", "--seconds", "5");

    assertThat(bench.err()).contains("mvn").contains("-pl bench");
    assertThat(bench.out())
        .contains("-Dwebhooks.home=" + project.toRealPath())
        .endsWith("/bench/target/bench.jar|run|--seconds|5|\n");
    assertThat(launch("bench").err()).isEmpty();
    assertThat(launch("sign").err()).isEmpty();
  }

  @Test
  void source_newer_than_the_build_triggers_a_build() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo mvn >&2");
    launch("sign");

    Path source = Files.writeString(project.resolve("cli/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(launch("sign").err()).contains("mvn");
  }

  @Test
  void output_of_a_source_that_is_gone_is_removed_before_the_next_build() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("mkdir -p cli/target; cp cli/src/main/V3* cli/target");
    Path renamed = Files.writeString(project.resolve("cli/src/main/V3 old.sql"), "select 1");
    launch("sign");
    Path kept = Files.createDirectories(project.resolve("store/target/classes"));
    Files.setLastModifiedTime(renamed, FileTime.from(Instant.now().plusSeconds(60)));
    launch("sign");
    assertThat(kept).as("output of earlier builds").exists();

    Files.move(renamed, project.resolve("cli/src/main/V3__new.sql"));
    launch("sign");

    assertThat(fileNamesIn(project.resolve("cli/target")))
        .contains("V3__new.sql")
        .doesNotContain("V3 old.sql");
    assertThat(kept).as("output of any module").doesNotExist();
  }

  @Test
  void test_command_removes_the_output_of_a_test_that_is_gone() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("mkdir -p domain/target; cp domain/src/test/* domain/target");
    Path tests = Files.createDirectories(project.resolve("domain/src/test"));
    Path removed = Files.createFile(tests.resolve("OldTest.java"));
    Files.createFile(tests.resolve("NewTest.java"));
    launch("test", "-pl", "domain");

    Files.delete(removed);
    launch("test", "-pl", "domain");

    assertThat(fileNamesIn(project.resolve("domain/target"))).containsExactly("NewTest.java");
  }

  @Test
  void output_of_a_build_whose_sources_are_unknown_is_removed() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("true");
    Path old = Files.createDirectories(project.resolve("store/target/classes"));

    launch("sign");

    assertThat(old).doesNotExist();
  }

  @Test
  void failed_build_exits_with_1_and_is_repeated_next_time() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("exit 3");

    ProcessResult result = launch("sign");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("the build failed");
    assertThat(launch("sign").exitCode()).isEqualTo(1);
  }

  @Test
  void test_command_runs_maven_verify_and_returns_its_exit_code() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo \"$PWD: mvn $*\"; exit 5");

    ProcessResult result = launch("test", "-pl", "domain");

    assertThat(result.out()).isEqualTo(project.toRealPath() + ": mvn verify -pl domain\n");
    assertThat(result.exitCode()).isEqualTo(5);
  }

  @Test
  void size_of_the_test_command_selects_a_maven_profile() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo \"mvn $*\"; exit 5");
    installBrowser();

    assertThat(launch("test").out()).isEqualTo("mvn verify\n");
    assertThat(launch("test", "--quick").out()).isEqualTo("mvn verify -Pquick -T2\n");
    assertThat(launch("test", "--all").out()).isEqualTo("mvn verify -Pall,publish\n");
    assertThat(launch("test", "--all", "-B", "-pl", "a,b").out())
        .isEqualTo("mvn verify -Pall,publish -B -pl a,b\n");
  }

  @Test
  void browser_that_is_missing_for_the_tests_is_named() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo mvn");

    ProcessResult result = launch("test");

    assertThat(result.err()).contains("the browser tests need Chromium or Chrome: install it");
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void only_complete_test_runs_count_as_builds() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("true");
    installBrowser();
    Path built = project.resolve("cli/target/.built");

    assertThat(launch("test", "--quick").exitCode()).isZero();
    assertThat(launch("test", "-pl", "domain").exitCode()).isZero();
    assertThat(built).doesNotExist();
    assertThat(launch("test").exitCode()).isZero();
    assertThat(built).exists();
  }

  @Test
  void test_command_explains_its_sizes_without_a_jdk() throws Exception {
    ProcessResult result = launch("test", "--help");

    assertThat(result.out()).contains("--quick", "--all", "MAVEN ARGUMENT");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void maven_prints_no_colour_codes_into_a_pipe() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo \"$MAVEN_OPTS\"");
    installBrowser();

    assertThat(launch("test").out()).contains("-Djansi.mode=strip", "-Djansi.noreset=true");
    assertThat(launch("sign").out()).doesNotContain("jansi");
  }

  @Test
  void launcher_works_through_a_symbolic_link() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("true");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("the project", "webhooks"));

    ProcessResult result = awaitResult(start(folder.resolve("link"), "sign"));

    assertThat(result.out()).contains(project.toRealPath() + "/cli/target/webhooks.jar");
  }

  @Test
  void java_home_takes_precedence_over_other_jdks() throws Exception {
    installJdk("jvm/jdk-26", "26");
    Path chosen = installJdk("elsewhere/jdk", "25");
    installMaven("true");
    environment.put("JAVA_HOME", chosen.toString());

    assertThat(launch("sign").out()).startsWith(chosen.toString());
  }

  @Test
  void too_old_java_home_is_ignored() throws Exception {
    Path found = installJdk("jvm/jdk-26", "26-ea");
    installMaven("true");
    environment.put("JAVA_HOME", installJdk("elsewhere/jdk", "21.0.1").toString());

    assertThat(launch("sign").out()).startsWith(found.toString());
  }

  @Test
  void concurrent_launches_build_once() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("echo mvn >>builds; until [ -e go ]; do sleep 0.1; done");
    Path errorOutput = Files.createFile(folder.resolve("errors"));

    List<Process> launches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ProcessBuilder builder = processBuilder(project.resolve("webhooks"), "sign");
      launches.add(builder.redirectError(Redirect.appendTo(errorOutput.toFile())).start());
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.readAllLines(errorOutput), lines -> countWaiting(lines) == 3);
    Files.createFile(project.resolve("go"));

    for (Process launch : launches) {
      assertThat(awaitResult(launch).exitCode()).isEqualTo(7);
    }
    assertThat(project.resolve("builds")).hasContent("mvn");
  }

  @Test
  void stale_build_lock_is_ignored() throws Exception {
    installJdk("jvm/jdk-25", "25.0.3");
    installMaven("true");
    Process exitedProcess = new ProcessBuilder("true").start();
    exitedProcess.waitFor();
    Files.writeString(project.resolve(".webhooks.lock"), exitedProcess.pid() + "\n");

    assertThat(launch("sign").exitCode()).isEqualTo(7);
    assertThat(project.resolve(".webhooks.lock")).doesNotExist();
  }

  private static List<String> fileNamesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static long countWaiting(List<String> lines) {
    return lines.stream().filter(line -> line.contains("waiting")).count();
  }
}
