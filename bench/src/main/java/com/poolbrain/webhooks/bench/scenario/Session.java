package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.limits.MachineLimits;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Limits;
import com.poolbrain.webhooks.bench.report.Machine;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.Summary;
import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.Program;
import com.poolbrain.webhooks.cli.terminal.Failure;
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
public final class Session {

  /// Who keeps what was found.
  public interface Keeper {
    /// Takes everything that was found so far.
    void keep(Report report) throws IOException;
  }

  private static final int SECONDS_OF_START = 18;
  private static final int SECONDS_OF_LIMITS = 70;

  private final Program program;
  private final Pace pace;
  private final Progress progress;
  private final Terminal terminal;
  private final List<Chapter> chapters = new ArrayList<>();
  private @Nullable Machine machine;
  private @Nullable Limits limits;

  /// Nothing is measured yet.
  public Session(Program program, Pace pace, Progress progress, Terminal terminal) {
    this.program = program;
    this.pace = pace;
    this.progress = progress;
    this.terminal = terminal;
  }

  /// Runs scenarios, and says what each found as soon as it has.
  ///
  /// @param scenarios at least one
  /// @param withLimits whether to measure the machine's limits first
  /// @param command the call, for the report
  /// @param keeper is given the report again after each scenario
  public void run(List<Scenario> scenarios, boolean withLimits, String command, Keeper keeper)
      throws IOException, InterruptedException {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    sayHowLong(scenarios, withLimits);
    Deque<Scenario> rest = new ArrayDeque<>(scenarios);
    while (!rest.isEmpty()) {
      inOneHouse(rest, withLimits && limits == null, () -> keeper.keep(report(date, command)));
    }
  }

  private interface Keeping {
    void keep() throws IOException;
  }

  private Report report(String date, String command) {
    Machine known = machine == null ? Machine.here("unknown", "unknown") : machine;
    return new Report(date, command, known, limits, chapters);
  }

  private void inOneHouse(Deque<Scenario> rest, boolean withLimits, Keeping keeping)
      throws IOException, InterruptedException {
    progress.doing("starting the service");
    House house;
    try {
      house = new House(program);
    } catch (IOException | RuntimeException e) {
      failed(rest.removeFirst(), List.of(), e);
      keeping.keep();
      return;
    }
    try {
      wearIn(house);
      measureLimits(house, withLimits);
      do {
        run(rest.removeFirst(), house);
        keeping.keep();
      } while (pace.quick() && !rest.isEmpty());
    } finally {
      close(house);
    }
  }

  private void wearIn(House house) {
    if (pace.quick()) {
      return;
    }
    progress.doing("wearing in the database");
    try {
      house.postgres().wearIn();
    } catch (SQLException e) {
      stopIfClosed(house);
      terminal.say("The database is measured as a new one, for it could not be worn in: " + e);
    }
  }

  private void measureLimits(House house, boolean wanted) throws InterruptedException {
    try {
      machine = Machine.here(house.postgres().version(), house.service().flags());
      if (wanted) {
        Limits most = MachineLimits.measure(house, pace, progress);
        limits = most;
        Summary.of(most).forEach(terminal::say);
      }
    } catch (IOException | SQLException | RuntimeException e) {
      stopIfClosed(house);
      progress.end();
      terminal.say("The limits of the machine could not be measured: " + e);
    }
  }

  private void run(Scenario scenario, House house) throws InterruptedException {
    Stand stand = new Stand(house, pace, progress, limits);
    try {
      Chapter chapter = scenario.run(stand);
      progress.end();
      chapters.add(chapter);
      Summary.of(chapter).forEach(terminal::say);
    } catch (IOException | SQLException | RuntimeException e) {
      stopIfClosed(house);
      failed(scenario, stand.runs(), e);
      sayLastWords(house);
    }
  }

  private static void stopIfClosed(House house) {
    if (house.isClosed()) {
      throw Failure.of("ended before everything was measured.");
    }
  }

  private void failed(Scenario scenario, List<Measured> runs, Exception why) {
    progress.end();
    Chapter chapter = Chapter.failed(scenario.name(), scenario.about(), runs, why);
    chapters.add(chapter);
    Summary.of(chapter).forEach(terminal::say);
  }

  private void sayLastWords(House house) {
    try {
      terminal.say("The service said last:\n" + house.service().lastWords());
    } catch (IOException e) {
      terminal.say("What the service said can't be read: " + e);
    }
  }

  private void close(House house) {
    progress.doing("stopping the service");
    try {
      house.close();
    } catch (IOException e) {
      terminal.say(String.valueOf(e.getMessage())); // what was measured counts all the same
    }
    progress.end();
  }

  private void sayHowLong(List<Scenario> scenarios, boolean withLimits) {
    if (pace.quick()) {
      return;
    }
    int sum = withLimits ? SECONDS_OF_LIMITS : 0;
    List<String> parts = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      int seconds = SECONDS_OF_START + pace.warmUp() + scenario.seconds(pace);
      sum += seconds;
      parts.add(scenario.name() + " " + minutes(seconds));
    }
    terminal.say(
        "This takes about %s minutes: %s.".formatted(minutes(sum), String.join(", ", parts)));
  }

  private static String minutes(int seconds) {
    return seconds < 90 ? "%.1f".formatted(seconds / 60.0) : Integer.toString((seconds + 30) / 60);
  }
}
