package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Table;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the JMH benchmarks of the module `micro`.
final class JmhRunner {

  private static final int FORKS = 2;
  private static final int WARM_UP_ITERATIONS = 3;
  private static final int ITERATIONS = 5;
  private static final TimeValue QUICK_MEASUREMENT_TIME = TimeValue.milliseconds(10);

  /// As in the launcher.
  private static final String[] SERVICE_JVM_OPTIONS = {"-XX:+UseParallelGC", "-Xmx400m"};

  private final boolean quick;

  /// @param quick one short iteration of each in this JVM; the figures mean nothing
  JmhRunner(boolean quick) {
    this.quick = quick;
    if (quick) {
      System.setProperty("jmh.ignoreLock", "true"); // another measurement does not matter
    }
  }

  /// The full names of all benchmarks, sorted.
  static List<String> benchmarkNames() {
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .sorted()
        .toList();
  }

  /// A name without package and suffix, such as `FanOutPlanner.plan`.
  static String displayName(String name) {
    return name.replaceFirst("^.*\\.(\\w+?)(Benchmark)?\\.(\\w+)$", "$1.$3");
  }

  /// Measures benchmarks one after the other.
  ///
  /// @param names full names
  Table measure(List<String> names, Progress progress) {
    Table table = new Table("one operation", "ns", "± ns", "bytes allocated");
    for (String name : names) {
      progress.show(displayName(name));
      try {
        for (RunResult result : new Runner(buildOptions(name)).run()) {
          addRow(table, result);
        }
      } catch (RunnerException e) {
        throw CommandException.of(
            "%s can't be measured: %s".formatted(displayName(name), rootCauseMessage(e)));
      } finally {
        progress.clear();
      }
    }
    return table;
  }

  private Options buildOptions(String name) {
    return new OptionsBuilder()
        .include("^" + Pattern.quote(name) + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .forks(quick ? 0 : FORKS)
        .jvmArgsAppend(SERVICE_JVM_OPTIONS)
        .warmupIterations(quick ? 0 : WARM_UP_ITERATIONS)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 1 : ITERATIONS)
        .measurementTime(quick ? QUICK_MEASUREMENT_TIME : TimeValue.seconds(1))
        .build();
  }

  /// JMH wraps the exception of a benchmark as a cause or as suppressed.
  private static String rootCauseMessage(Throwable e) {
    Throwable[] suppressed = e.getSuppressed();
    Throwable cause = suppressed.length > 0 ? suppressed[0] : e.getCause();
    return cause == null ? e.toString() : rootCauseMessage(cause);
  }

  private static void addRow(Table table, RunResult result) {
    Result<?> time = result.getPrimaryResult();
    table.addRow(
        labelOf(result.getParams()),
        format(time.getScore()),
        format(time.getScoreError()),
        format(allocatedBytes(result.getSecondaryResults())));
  }

  private static String labelOf(BenchmarkParams params) {
    StringBuilder name = new StringBuilder(displayName(params.getBenchmark()));
    for (String key : params.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(params.getParam(key));
    }
    return name.toString();
  }

  @SuppressWarnings("rawtypes") // in the API of JMH
  private static double allocatedBytes(Map<String, ? extends Result> secondary) {
    @Nullable Result bytes = secondary.get("gc.alloc.rate.norm");
    return bytes == null ? Double.NaN : bytes.getScore();
  }

  /// A dash if the value is unknown, such as the error of a single iteration.
  private static String format(double value) {
    return Double.isNaN(value) ? "-" : (value < 10 ? "%,.2f" : "%,.0f").formatted(value);
  }
}
