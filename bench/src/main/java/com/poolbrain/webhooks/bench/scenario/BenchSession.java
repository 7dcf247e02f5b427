package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.baseline.BaselineRunner;
import com.poolbrain.webhooks.bench.report.Machine;
import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.report.TextSummary;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs scenarios one after the other. Each has an environment of its own, so that none meets what
/// another left behind, and the memory of the service is that of one scenario. Quick runs share one
/// environment. After a failed scenario the next one runs.
public final class BenchSession {

  private final LaunchCommand launchCommand;
  private final RunOptions options;
  private final Progress progress;
  private final Terminal terminal;
  private final List<ScenarioResult> results = new ArrayList<>();
  private Machine machine = Machine.current(Machine.UNKNOWN, Machine.UNKNOWN);
  private @Nullable MachineBaseline baseline;

  public BenchSession(
      LaunchCommand launchCommand, RunOptions options, Progress progress, Terminal terminal) {
    this.launchCommand = launchCommand;
    this.options = options;
    this.progress = progress;
    this.terminal = terminal;
  }

  /// Runs scenarios and prints each result.
  ///
  /// @param measuresBaseline whether to measure the limits of the machine first
  /// @param command the command line, for the report
  /// @param reports gets the report after each scenario
  /// @return whether all scenarios were successful
  public boolean run(
      List<BenchScenario> scenarios,
      boolean measuresBaseline,
      String command,
      Consumer<Report> reports)
      throws InterruptedException {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Deque<BenchScenario> remaining = new ArrayDeque<>(scenarios);
    while (!remaining.isEmpty()) {
      runInOneEnvironment(
          remaining,
          measuresBaseline && baseline == null,
          () -> reports.accept(new Report(date, command, machine, baseline, results)));
    }
    return results.stream().allMatch(ScenarioResult::isSuccessful);
  }

  private void runInOneEnvironment(
      Deque<BenchScenario> remaining, boolean measuresBaseline, Runnable saveReport)
      throws InterruptedException {
    progress.show("starting the service");
    BenchEnvironment environment;
    try {
      environment = new BenchEnvironment(launchCommand);
    } catch (RuntimeException e) {
      addResult(remaining.removeFirst(), List.of(), List.of(), List.of(), e);
      saveReport.run();
      return;
    }
    try (environment) {
      prepare(environment, measuresBaseline);
      do {
        measure(remaining.removeFirst(), environment);
        saveReport.run();
      } while (options.quick() && !remaining.isEmpty());
      progress.show("stopping the service");
    }
    progress.clear();
  }

  private void prepare(BenchEnvironment environment, boolean measuresBaseline)
      throws InterruptedException {
    try {
      machine =
          Machine.current(environment.postgres().version(), environment.service().jvmOptions());
      if (!options.quick()) {
        progress.show("preallocating the write-ahead log");
        environment.postgres().preallocateWal();
      }
      if (measuresBaseline) {
        MachineBaseline measured = BaselineRunner.measure(environment, options.quick(), progress);
        baseline = measured;
        TextSummary.of(measured).forEach(terminal::println);
      }
    } catch (RuntimeException e) {
      failIfClosed(environment);
      progress.clear();
      terminal.println("The preparation failed, so results may be incomplete: " + e);
    }
  }

  private void measure(BenchScenario scenario, BenchEnvironment environment)
      throws InterruptedException {
    BenchContext context = new BenchContext(environment, options, progress, baseline);
    try {
      List<TargetCheck> checks = new ArrayList<>(scenario.run(context));
      if (!context.runs().isEmpty()) {
        checks.add(TargetCheck.maxMemory(scenario.name(), context.runs()));
      }
      addResult(scenario, context.runs(), checks, context.notes(), null);
    } catch (RuntimeException e) {
      failIfClosed(environment);
      addResult(scenario, context.runs(), List.of(), List.of(), e);
      terminal.println("Last lines of the service:\n" + environment.service().lastLogLines());
    }
  }

  private void addResult(
      BenchScenario scenario,
      List<RunResult> runs,
      List<TargetCheck> checks,
      List<String> notes,
      @Nullable RuntimeException cause) {
    progress.clear();
    String failure =
        cause == null ? null : Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    ScenarioResult result =
        new ScenarioResult(scenario.name(), scenario.description(), runs, checks, notes, failure);
    results.add(result);
    TextSummary.of(result).forEach(terminal::println);
  }

  private static void failIfClosed(BenchEnvironment environment) {
    if (environment.isClosed()) {
      throw CommandException.of("The measurement was interrupted.");
    }
  }
}
