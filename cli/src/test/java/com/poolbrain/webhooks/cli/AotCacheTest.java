package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The AOT cache that the launcher makes with the real Java, of a program that prints a word.
@Timeout(600)
@Tag("slow")
class AotCacheTest extends LauncherFixture {

  private static final String PROGRAM =
      """
      package com.poolbrain.webhooks.cli;
      public class Main {
        public static void main(String[] args) {
          System.out.println("WORD " + args[0]);
        }
      }
      """;

  private static final String TRAINING_RUN =
      """
      package com.poolbrain.webhooks.cli.aot;
      public class AotTrainingRun {
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

  private Path builtJar = Path.of("");
  private Path aotCache = Path.of("");

  @BeforeEach
  void installProgram() throws IOException {
    builtJar = folder.resolve("built.jar");
    aotCache = project.resolve("cli/target/webhooks.aot");
    installMaven("mkdir -p cli/target/lib; cp '" + builtJar + "' cli/target/webhooks.jar");
    compile("hello");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  @Test
  void build_creates_an_aot_cache_that_later_starts_use() throws Exception {
    assertThat(launch("sign").err()).contains("AOT training run", "WEBHOOKS_NO_AOT=1");

    assertThat(aotCache).isNotEmptyFile();
    assertThat(project.resolve("cli/target/aot-training")).doesNotExist();
    assertPrintsOnly("hello");
    assertThat(isCacheUsed()).isTrue();
  }

  @Test
  void cache_of_other_jars_is_not_used() throws Exception {
    launch("sign");
    long size = Files.size(builtJar);
    compile("howdy");
    assertThat(Files.size(builtJar)).as("size, the only thing that Java compares").isEqualTo(size);

    Files.copy(builtJar, delete(project.resolve("cli/target/webhooks.jar")));

    assertPrintsOnly("howdy");
    assertThat(isCacheUsed()).isFalse();
  }

  @Test
  void cache_is_not_used_after_the_project_was_moved() throws Exception {
    launch("sign");

    project = Files.move(project, folder.resolve("moved"));

    assertPrintsOnly("hello");
    assertThat(isCacheUsed()).isFalse();
  }

  @Test
  void corrupt_cache_does_not_prevent_a_start() throws Exception {
    launch("sign");
    byte[] bytes = Files.readAllBytes(aotCache);

    try (var file = new RandomAccessFile(aotCache.toFile(), "rw")) {
      file.seek(bytes.length / 2);
      file.write(new byte[8192]);
    }
    assertPrintsOnly("hello");
    assertThat(isCacheUsed()).isFalse();
    try (var file = new RandomAccessFile(aotCache.toFile(), "rw")) {
      file.setLength(bytes.length / 2);
    }
    assertPrintsOnly("hello");
    Files.write(aotCache, new byte[0]);
    assertPrintsOnly("hello");
    Files.write(aotCache, "no cache at all".getBytes(UTF_8));
    assertPrintsOnly("hello");
  }

  @Test
  void no_cache_is_recorded_or_used_with_webhooks_no_aot() throws Exception {
    environment.put("WEBHOOKS_NO_AOT", "1");
    assertThat(launch("sign").err()).contains("building").doesNotContain("AOT training run");
    assertThat(aotCache).doesNotExist();

    environment.remove("WEBHOOKS_NO_AOT");
    Files.delete(project.resolve("cli/target/.built"));
    launch("sign");
    assertThat(isCacheUsed()).isTrue();

    environment.put("WEBHOOKS_NO_AOT", "1");
    assertPrintsOnly("hello");
    assertThat(isCacheUsed()).isFalse();
  }

  @Test
  void user_options_for_class_sharing_are_respected() throws Exception {
    launch("sign");

    assertThat(serve("-Xshare:off").out()).isEqualTo("hello serve\n");
  }

  @Test
  void failed_training_run_is_reported_and_leaves_no_stale_cache() throws Exception {
    launch("sign");
    Files.createFile(folder.resolve("fail"));
    Files.delete(project.resolve("cli/target/.built"));

    ProcessResult result = launch("serve");

    Path log = project.toRealPath().resolve("cli/target/aot-training/log");
    assertThat(result.err()).contains("the AOT training run failed").contains(log.toString());
    assertThat(log).content().contains("no PostgreSQL for this machine");
    assertThat(result.out()).isEqualTo("hello serve\n");
    assertThat(aotCache).doesNotExist();
    assertPrintsOnly("hello");
  }

  @Test
  void interrupted_training_run_is_repeated_at_the_next_start() throws Exception {
    Path hang = Files.createFile(folder.resolve("hang"));
    Process launch = start(project.resolve("webhooks"), "serve");
    Path data = project.resolve("cli/target/aot-training/data");
    await()
        .atMost(Duration.ofMinutes(5))
        .failFast("the launch has ended", () -> !launch.isAlive())
        .until(() -> Files.exists(data));

    launch.toHandle().destroy(); // which leaves its output to be read

    assertThat(awaitResult(launch).exitCode()).isEqualTo(130);
    assertThat(aotCache).doesNotExist();
    assertThat(project.resolve(".webhooks.lock")).doesNotExist();
    Files.delete(hang);
    assertThat(launch("serve").out()).isEqualTo("hello serve\n");
    assertThat(isCacheUsed()).isTrue();
  }

  /// Makes the jar that the build copies. Its size does not depend on the word.
  private void compile(String word) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path main = Files.writeString(sources.resolve("Main.java"), PROGRAM.replace("WORD", word));
    Path trainingRun = Files.writeString(sources.resolve("AotTrainingRun.java"), TRAINING_RUN);
    Path classes = folder.resolve("classes");
    runJdkTool("javac", "-d", classes, main, trainingRun);
    String entry = "com.poolbrain.webhooks.cli.Main";
    runJdkTool(
        "jar",
        "--create",
        "--no-compress",
        "--file",
        builtJar,
        "--main-class",
        entry,
        "-C",
        classes,
        ".");
  }

  private static void runJdkTool(String name, Object... args) {
    String[] arguments = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    int exitCode =
        ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments);
    assertThat(exitCode).isZero();
  }

  private static Path delete(Path path) throws IOException {
    Files.delete(path);
    return path;
  }

  private void assertPrintsOnly(String word) throws Exception {
    assertThat(launch("serve")).isEqualTo(new ProcessResult(0, word + " serve\n", ""));
  }

  /// Whether a start takes the program from the cache.
  private boolean isCacheUsed() throws Exception {
    Path log = folder.resolve("classes.log");
    serve("-Xlog:class+load:file=" + log);
    return Files.readString(log)
        .lines()
        .anyMatch(line -> line.contains("cli.Main source: shared objects file"));
  }

  private ProcessResult serve(String javaOptions) throws Exception {
    environment.put("JDK_JAVA_OPTIONS", javaOptions);
    try {
      return launch("serve");
    } finally {
      environment.remove("JDK_JAVA_OPTIONS");
    }
  }
}
