package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the launcher has the real Java keep ready for later starts, of a program that says a word.
@Timeout(600)
class QuickStartTest extends LaunchedProject {

  private static final String PROGRAM =
      """
      package com.poolbrain.webhooks.cli;
      public class Main {
        public static void main(String[] args) {
          System.out.println("WORD " + args[0]);
        }
      }
      """;

  private static final String REHEARSAL =
      """
      package com.poolbrain.webhooks.cli.rehearsal;
      public class Rehearsal {
        public static void main(String[] args) throws Exception {
          com.poolbrain.webhooks.cli.Main.main(args);
          if (java.nio.file.Files.exists(java.nio.file.Path.of(System.getenv("HOME"), "hang"))) {
            java.nio.file.Files.createDirectory(java.nio.file.Path.of(args[0]));
            new java.util.concurrent.CountDownLatch(1).await();
          }
          if (java.nio.file.Files.exists(java.nio.file.Path.of(System.getenv("HOME"), "fail"))) {
            throw new IllegalStateException("no PostgreSQL for this machine");
          }
        }
      }
      """;

  private Path built = Path.of("");
  private Path cache = Path.of("");

  @BeforeEach
  void program() throws IOException {
    built = folder.resolve("built.jar");
    cache = project.resolve("cli/target/webhooks.aot");
    maven("mkdir -p cli/target/lib; cp '" + built + "' cli/target/webhooks.jar");
    compile("hello");
  }

  @Test
  void aBuildLeavesACacheThatStartsUse() throws Exception {
    assertThat(launch("sign").err()).contains("preparing quick starts");

    assertThat(cache).isNotEmptyFile();
    assertThat(project.resolve("cli/target/rehearsal")).doesNotExist();
    assertSaysQuietly("hello");
    assertThat(isUsed()).isTrue();
  }

  @Test
  void otherJarsThanItIsOfGoTheirOwnWay() throws Exception {
    launch("sign");
    long size = Files.size(built);
    compile("howdy");
    assertThat(Files.size(built)).as("all that Java compares").isEqualTo(size);

    Files.copy(built, emptied(project.resolve("cli/target/webhooks.jar")));

    assertSaysQuietly("howdy");
    assertThat(isUsed()).isFalse();
  }

  @Test
  void itIsNotUsedElsewhere() throws Exception {
    launch("sign");

    project = Files.move(project, folder.resolve("moved"));

    assertSaysQuietly("hello");
    assertThat(isUsed()).isFalse();
  }

  @Test
  void aBrokenOneHindersNoStart() throws Exception {
    launch("sign");
    byte[] whole = Files.readAllBytes(cache);

    try (var file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.seek(whole.length / 2);
      file.write(new byte[8192]);
    }
    assertSaysQuietly("hello");
    assertThat(isUsed()).isFalse();
    try (var file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.setLength(whole.length / 2);
    }
    assertSaysQuietly("hello");
    Files.write(cache, new byte[0]);
    assertSaysQuietly("hello");
    Files.write(cache, "no cache at all".getBytes(UTF_8));
    assertSaysQuietly("hello");
  }

  @Test
  void whoSharesClassesAnotherWayMay() throws Exception {
    launch("sign");

    assertThat(serve("-Xshare:off").out()).isEqualTo("hello serve\n");
  }

  @Test
  void aRehearsalThatFailsIsSaidAndLeavesNoCacheOfTheBuildBefore() throws Exception {
    launch("sign");
    Files.createFile(folder.resolve("fail"));
    Files.delete(project.resolve("cli/target/.built"));

    Run run = launch("serve");

    Path log = project.toRealPath().resolve("cli/target/rehearsal/log");
    assertThat(run.err()).contains("starts will take longer").contains(log.toString());
    assertThat(log).content().contains("no PostgreSQL for this machine");
    assertThat(run.out()).isEqualTo("hello serve\n");
    assertThat(cache).doesNotExist();
    assertSaysQuietly("hello");
  }

  @Test
  void aRehearsalThatIsEndedIsMadeUpForNextTime() throws Exception {
    Path hang = Files.createFile(folder.resolve("hang"));
    Process launch = start(project.resolve("webhooks"), "serve");
    while (Files.notExists(project.resolve("cli/target/rehearsal/data"))) {
      assertThat(launch.isAlive()).isTrue();
      Thread.onSpinWait();
    }

    launch.toHandle().destroy(); // which leaves its output to be read

    assertThat(finish(launch).exitCode()).isEqualTo(130);
    assertThat(cache).doesNotExist();
    assertThat(project.resolve(".webhooks.lock")).doesNotExist();
    Files.delete(hang);
    assertThat(launch("serve").out()).isEqualTo("hello serve\n");
    assertThat(isUsed()).isTrue();
  }

  /// Makes what the build copies: a jar whose size does not depend on the word.
  private void compile(String word) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path main = Files.writeString(sources.resolve("Main.java"), PROGRAM.replace("WORD", word));
    Path rehearsal = Files.writeString(sources.resolve("Rehearsal.java"), REHEARSAL);
    Path classes = folder.resolve("classes");
    tool("javac", "-d", classes, main, rehearsal);
    String entry = "com.poolbrain.webhooks.cli.Main";
    tool(
        "jar",
        "--create",
        "--no-compress",
        "--file",
        built,
        "--main-class",
        entry,
        "-C",
        classes,
        ".");
  }

  private static void tool(String name, Object... args) {
    String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    int exitCode = ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, words);
    assertThat(exitCode).isZero();
  }

  private static Path emptied(Path place) throws IOException {
    Files.delete(place);
    return place;
  }

  @Override
  ProcessBuilder builder(Path launcher, String... args) {
    ProcessBuilder builder = super.builder(launcher, args);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private void assertSaysQuietly(String word) throws Exception {
    assertThat(launch("serve")).isEqualTo(new Run(0, word + " serve\n", ""));
  }

  /// Whether a start takes the program from the cache.
  private boolean isUsed() throws Exception {
    Path log = folder.resolve("classes.log");
    serve("-Xlog:class+load:file=" + log);
    return Files.readString(log)
        .lines()
        .anyMatch(line -> line.contains("cli.Main source: shared objects file"));
  }

  private Run serve(String options) throws Exception {
    ProcessBuilder builder = builder(project.resolve("webhooks"), "serve");
    builder.environment().put("JDK_JAVA_OPTIONS", options);
    return finish(builder.start());
  }
}
