package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.baseline.BaselineRunner;
import com.poolbrain.webhooks.bench.report.Machine;
import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TextSummary;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Scenarios one after the other, each in a house of its own, so that none meets what another left
/// behind and the memory of the service is that of one scenario; when it is to be quick, all in
/// one. One that fails does not keep the others from running.
public final class BenchSession {

  /// Who keeps what was found.
  public interface ReportSink {
    /// Takes everything that was found so far.
    void save(Report report) throws IOException;
  }

  private static final int SERVICE_START_SECONDS = 18;
  private static final int BASELINE_SECONDS = 70;

  private final LaunchCommand launchCommand;
  private final RunOptions runOptions;
  private final Progress progress;
  private final Terminal terminal;
  private final List<ScenarioResult> scenarioResults = new ArrayList<>();
  private @Nullable Machine machine;
  private @Nullable MachineBaseline machineBaseline;

  /// Nothing is measured yet.
  public BenchSession(
      LaunchCommand launchCommand, RunOptions runOptions, Progress progress, Terminal terminal) {
    this.launchCommand = launchCommand;
    this.runOptions = runOptions;
    this.progress = progress;
    this.terminal = terminal;
  }

  /// Runs scenarios, and says what each found as soon as it has.
  ///
  /// @param scenarios at least one
  /// @param withBaseline whether to measure the machine's limits first
  /// @param command the call, for the report
  /// @param reportSink is given the report again after each scenario
  public void run(
      List<Scenario> scenarios, boolean withBaseline, String command, ReportSink reportSink)
      throws IOException, InterruptedException {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    printEstimate(scenarios, withBaseline);
    Deque<Scenario> remaining = new ArrayDeque<>(scenarios);
    while (!remaining.isEmpty()) {
      runInOneEnvironment(
          remaining,
          withBaseline && machineBaseline == null,
          () -> reportSink.save(report(date, command)));
    }
  }

  private interface SaveAction {
    void save() throws IOException;
  }

  private Report report(String date, String command) {
    Machine knownMachine = machine == null ? Machine.current("unknown", "unknown") : machine;
    return new Report(date, command, knownMachine, machineBaseline, scenarioResults);
  }

  private void runInOneEnvironment(
      Deque<Scenario> remaining, boolean withBaseline, SaveAction saveAction)
      throws IOException, InterruptedException {
    progress.announce("starting the service");
    BenchEnvironment benchEnvironment;
    try {
      benchEnvironment = new BenchEnvironment(launchCommand);
    } catch (IOException | RuntimeException e) {
      recordFailure(remaining.removeFirst(), List.of(), e);
      saveAction.save();
      return;
    }
    try {
      preallocateWal(benchEnvironment);
      measureBaseline(benchEnvironment, withBaseline);
      do {
        run(remaining.removeFirst(), benchEnvironment);
        saveAction.save();
      } while (runOptions.quick() && !remaining.isEmpty());
    } finally {
      close(benchEnvironment);
    }
  }

  private void preallocateWal(BenchEnvironment benchEnvironment) {
    if (runOptions.quick()) {
      return;
    }
    progress.announce("wearing in the database");
    try {
      benchEnvironment.postgres().preallocateWal();
    } catch (SQLException e) {
      abortIfClosed(benchEnvironment);
      terminal.println("The database is measured as a new one, for it could not be worn in: " + e);
    }
  }

  private void measureBaseline(BenchEnvironment benchEnvironment, boolean isEnabled)
      throws InterruptedException {
    try {
      machine =
          Machine.current(
              benchEnvironment.postgres().version(), benchEnvironment.service().jvmOptions());
      if (isEnabled) {
        MachineBaseline measuredBaseline =
            BaselineRunner.measure(benchEnvironment, runOptions, progress);
        machineBaseline = measuredBaseline;
        TextSummary.of(measuredBaseline).forEach(terminal::println);
      }
    } catch (IOException | SQLException | RuntimeException e) {
      abortIfClosed(benchEnvironment);
      progress.finish();
      terminal.println("The limits of the machine could not be measured: " + e);
    }
  }

  private void run(Scenario scenario, BenchEnvironment benchEnvironment)
      throws InterruptedException {
    BenchContext benchContext =
        new BenchContext(benchEnvironment, runOptions, progress, machineBaseline);
    try {
      ScenarioResult scenarioResult = scenario.run(benchContext);
      progress.finish();
      scenarioResults.add(scenarioResult);
      TextSummary.of(scenarioResult).forEach(terminal::println);
    } catch (IOException | SQLException | RuntimeException e) {
      abortIfClosed(benchEnvironment);
      recordFailure(scenario, benchContext.runResults(), e);
      printServiceLog(benchEnvironment);
    }
  }

  private static void abortIfClosed(BenchEnvironment benchEnvironment) {
    if (benchEnvironment.isClosed()) {
      throw CommandException.of("ended before everything was measured.");
    }
  }

  private void recordFailure(Scenario scenario, List<RunResult> runs, Exception cause) {
    progress.finish();
    ScenarioResult scenarioResult =
        ScenarioResult.failed(scenario.name(), scenario.description(), runs, cause);
    scenarioResults.add(scenarioResult);
    TextSummary.of(scenarioResult).forEach(terminal::println);
  }

  private void printServiceLog(BenchEnvironment benchEnvironment) {
    try {
      terminal.println("The service said last:\n" + benchEnvironment.service().lastLogLines());
    } catch (IOException e) {
      terminal.println("What the service said can't be read: " + e);
    }
  }

  private void close(BenchEnvironment benchEnvironment) {
    progress.announce("stopping the service");
    benchEnvironment.close();
    progress.finish();
  }

  private void printEstimate(List<Scenario> scenarios, boolean withBaseline) {
    if (runOptions.quick()) {
      return;
    }
    int totalSeconds = withBaseline ? BASELINE_SECONDS : 0;
    List<String> estimates = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      int seconds =
          SERVICE_START_SECONDS + runOptions.warmUpSeconds() + scenario.estimateSeconds(runOptions);
      totalSeconds += seconds;
      estimates.add(scenario.name() + " " + formatMinutes(seconds));
    }
    terminal.println(
        "This takes about %s minutes: %s."
            .formatted(formatMinutes(totalSeconds), String.join(", ", estimates)));
  }

  private static String formatMinutes(int seconds) {
    return seconds < 90 ? "%.1f".formatted(seconds / 60.0) : Integer.toString((seconds + 30) / 60);
  }
}
