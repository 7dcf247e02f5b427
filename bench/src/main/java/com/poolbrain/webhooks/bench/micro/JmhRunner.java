package com.poolbrain.webhooks.bench.micro;

import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Table;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The benchmarks that were built into this program.
public final class JmhRunner {

  private static final int FORKS = 2;
  private static final int WARM_UP_ITERATIONS = 3;
  private static final int ITERATIONS = 5;
  private static final int FORK_START_SECONDS = 1;
  private static final TimeValue QUICK_MEASUREMENT_TIME = TimeValue.milliseconds(10);

  /// As the launcher starts the service.
  private static final String[] SERVICE_JVM_OPTIONS = {"-XX:+UseParallelGC", "-Xmx400m"};

  private final boolean quick;

  /// @param quick one short iteration of each in this process: the figures mean nothing then
  public JmhRunner(boolean quick) {
    this.quick = quick;
    if (quick) {
      // Nothing is measured, so whoever measures at the same time does not matter.
      System.setProperty("jmh.ignoreLock", "true");
    }
  }

  /// Their full names, sorted.
  public List<String> benchmarkNames() {
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .sorted()
        .toList();
  }

  /// A name as people see it: `Planning.plan`.
  public static String displayName(String name) {
    String[] parts = name.split("\\.", -1);
    String benchmarkClass = parts[parts.length - 2].replaceFirst("Benchmark$", "");
    return benchmarkClass + "." + parts[parts.length - 1];
  }

  /// Measures them one after the other.
  ///
  /// @param names full ones
  /// @throws Failure if one of them fails
  public Table measure(List<String> names, Progress progress) {
    List<RunResult> results = new ArrayList<>();
    for (String name : names) {
      progress.startRun(displayName(name), estimateSeconds());
      try {
        results.addAll(run(name));
      } catch (RunnerException e) {
        throw CommandException.of(
            "%s can't be measured: %s".formatted(displayName(name), rootCauseMessage(e)));
      } finally {
        progress.finish();
      }
    }
    return table(results);
  }

  private int estimateSeconds() {
    return quick ? 1 : FORKS * (FORK_START_SECONDS + WARM_UP_ITERATIONS + ITERATIONS);
  }

  private Collection<RunResult> run(String name) throws RunnerException {
    return new Runner(buildOptions(name)).run();
  }

  private Options buildOptions(String name) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(name) + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    return quick
        ? options
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(QUICK_MEASUREMENT_TIME)
            .build()
        : options
            .forks(FORKS)
            .jvmArgsAppend(SERVICE_JVM_OPTIONS)
            .warmupIterations(WARM_UP_ITERATIONS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.seconds(1))
            .build();
  }

  /// What lies at the bottom: JMH wraps what a benchmark throws, as a cause or as suppressed.
  private static String rootCauseMessage(Throwable e) {
    Throwable[] suppressed = e.getSuppressed();
    Throwable cause = suppressed.length > 0 ? suppressed[0] : e.getCause();
    return cause == null ? e.toString() : rootCauseMessage(cause);
  }

  private static Table table(List<RunResult> results) {
    Table table = new Table("one operation", "ns", "± ns", "bytes allocated");
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      table.addRow(
          labelOf(result.getParams()),
          format(time.getScore()),
          format(time.getScoreError()),
          format(allocatedBytes(result.getSecondaryResults())));
    }
    return table;
  }

  private static String labelOf(BenchmarkParams params) {
    StringBuilder name = new StringBuilder(displayName(params.getBenchmark()));
    for (String key : params.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(params.getParam(key));
    }
    return name.toString();
  }

  @SuppressWarnings("rawtypes") // as JMH has it
  private static double allocatedBytes(Map<String, ? extends Result> secondary) {
    @Nullable Result bytes = secondary.get("gc.alloc.rate.norm");
    return bytes == null ? Double.NaN : bytes.getScore();
  }

  /// @return a dash where nothing is known: there is no error without several iterations
  private static String format(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value < 10 ? "%,.2f" : "%,.0f", value);
  }
}
