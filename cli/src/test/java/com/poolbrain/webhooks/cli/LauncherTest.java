package com.poolbrain.webhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The launcher with a `java` and a `mvn` that only say what they were asked.
@Timeout(300)
class LauncherTest extends LaunchedProject {

  @Test
  void withoutAJdkItSaysWhatToInstall() throws Exception {
    maven("echo built");

    Run run = launch("sign");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("JDK 25").contains("JAVA_HOME").hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anOlderJdkIsNone() throws Exception {
    jdk("jvm/jdk-17", "17.0.15");
    jdk("jvm/jdk-8", "1.8.0_452");

    assertThat(launch("sign").exitCode()).isEqualTo(2);
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");

    Run run = launch("sign");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Maven").contains("PATH").hasLineCount(1);
  }

  @Test
  void itBuildsOnceAndPassesTheArgumentsOn() throws Exception {
    Path jdk = jdk("jvm/jdk-25", "25.0.3");
    maven("echo \"mvn with $JAVA_HOME: $*\" >&2");

    Run first = launch("sign", "--body", "a b");
    Run second = launch("sign", "--body", "a b");

    assertThat(first.err()).contains("mvn with " + jdk).contains("package");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("cli/target/webhooks.jar").endsWith("|sign|--body|a b|\n");
    assertThat(second.exitCode()).isEqualTo(7);
  }

  @Test
  void theBenchIsAProgramOfItsOwnThatOnlyItsUsersBuild() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("echo \"mvn $*\" >&2");

    assertThat(launch("sign").err()).contains("mvn").contains("-pl cli");
    Run bench = launch("bench", "run", "--seconds", "5");

    assertThat(bench.err()).contains("mvn").contains("-pl bench");
    assertThat(bench.out())
        .contains("-Dwebhooks.home=" + project.toRealPath())
        .endsWith("/bench/target/bench.jar|run|--seconds|5|\n");
    assertThat(launch("bench").err()).isEmpty();
    assertThat(launch("sign").err()).isEmpty();
  }

  @Test
  void aSourceThatIsNewerThanTheBuildIsBuilt() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("echo mvn >&2");
    launch("sign");

    Path source = Files.writeString(project.resolve("cli/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(launch("sign").err()).contains("mvn");
  }

  @Test
  void aBuildThatFailsEndsWithOneAndIsNotTakenForOne() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("exit 3");

    Run run = launch("sign");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("the build failed");
    assertThat(launch("sign").exitCode()).isEqualTo(1);
  }

  @Test
  void testIsMavenVerifyWithItsExitCode() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("echo \"$PWD: mvn $*\"; exit 5");

    Run run = launch("test", "-pl", "domain");

    assertThat(run.out()).isEqualTo(project.toRealPath() + ": mvn verify -pl domain\n");
    assertThat(run.exitCode()).isEqualTo(5);
  }

  @Test
  void itWorksThroughASymbolicLinkFromAnotherFolder() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("true");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("the project", "webhooks"));

    Run run = finish(start(folder.resolve("link"), "sign"));

    assertThat(run.out()).contains(project.toRealPath() + "/cli/target/webhooks.jar");
  }

  @Test
  void javaHomeGoesBeforeAllOthers() throws Exception {
    jdk("jvm/jdk-26", "26");
    Path chosen = jdk("elsewhere/jdk", "25");
    maven("true");
    ProcessBuilder builder = builder(project.resolve("webhooks"), "sign");
    builder.environment().put("JAVA_HOME", chosen.toString());

    assertThat(finish(builder.start()).out()).startsWith(chosen.toString());
  }

  @Test
  void oneThatIsTooOldInJavaHomeIsPassedOver() throws Exception {
    Path found = jdk("jvm/jdk-26", "26-ea");
    maven("true");
    ProcessBuilder builder = builder(project.resolve("webhooks"), "sign");
    builder.environment().put("JAVA_HOME", jdk("elsewhere/jdk", "21.0.1").toString());

    assertThat(finish(builder.start()).out()).startsWith(found.toString());
  }

  @Test
  void launchesAtTheSameTimeBuildOnce() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("echo mvn >>builds; until [ -e go ]; do sleep 0.1; done");
    Path words = Files.createFile(folder.resolve("words"));

    List<Process> launches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ProcessBuilder builder = builder(project.resolve("webhooks"), "sign");
      launches.add(builder.redirectError(Redirect.appendTo(words.toFile())).start());
    }
    while (Files.readString(words).lines().filter(line -> line.contains("waiting")).count() < 3) {
      Thread.onSpinWait();
    }
    Files.createFile(project.resolve("go"));

    for (Process launch : launches) {
      assertThat(finish(launch).exitCode()).isEqualTo(7);
    }
    assertThat(project.resolve("builds")).hasContent("mvn");
  }

  @Test
  void theLockOfAProcessThatIsGoneIsPassedOver() throws Exception {
    jdk("jvm/jdk-25", "25.0.3");
    maven("true");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(project.resolve(".webhooks.lock"), gone.pid() + "\n");

    assertThat(launch("sign").exitCode()).isEqualTo(7);
    assertThat(project.resolve(".webhooks.lock")).doesNotExist();
  }
}
