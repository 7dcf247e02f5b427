package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.limits.MachineLimits;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Limits;
import com.poolbrain.webhooks.bench.report.Machine;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.Summary;
import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.Program;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Scenarios one after the other, each in a house of its own, so that none meets what another left
/// behind; when it is to be quick, all in one.
///
/// @param command the call, for the report
public record Session(
    Program program, Pace pace, Progress progress, Terminal terminal, String command) {

  /// Runs them, and says what each found as soon as it has.
  ///
  /// @param scenarios at least one
  /// @param limits whether to measure the machine's limits first
  public Report run(List<Scenario> scenarios, boolean limits)
      throws IOException, InterruptedException, SQLException {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<Chapter> chapters = new ArrayList<>();
    List<Scenario> rest = new ArrayList<>(scenarios);
    Machine machine;
    Limits most = null;
    do {
      progress.doing("starting the service");
      try (House house = new House(program)) {
        machine = Machine.here(house.postgres().version(), house.service().commandLine());
        if (limits && most == null) {
          most = MachineLimits.measure(house, pace, progress);
          Summary.of(most).forEach(terminal::say);
        }
        do {
          chapters.add(run(rest.removeFirst(), house, most));
        } while (pace.quick() && !rest.isEmpty());
      }
    } while (!rest.isEmpty());
    return new Report(begin.toString(), command, machine, most, chapters);
  }

  private Chapter run(Scenario scenario, House house, @Nullable Limits most)
      throws IOException, InterruptedException, SQLException {
    Chapter chapter = scenario.run(new Stand(house, pace, progress, most));
    progress.end();
    Summary.of(chapter).forEach(terminal::say);
    return chapter;
  }
}
