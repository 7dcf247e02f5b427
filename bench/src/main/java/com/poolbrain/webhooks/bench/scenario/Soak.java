package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Whether memory and latency stay flat.
final class Soak implements Scenario {

  private static final int MINUTES = 10;
  private static final int RATE = 1_000;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String about() {
    return "1,000/s on a fixed schedule for ten minutes, each measured for itself";
  }

  @Override
  public int seconds(Pace pace) {
    return MINUTES * pace.secondsOr(60);
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    Target target = stand.simple();
    List<Measured> minutes = new ArrayList<>();
    for (int minute = 1; minute <= stand.pace().many(MINUTES, 2); minute++) {
      Load load =
          new Load(
              "minute " + minute, stand.pace().connectionsOr(64), RATE, stand.pace().secondsOr(60));
      minutes.add(stand.run(load, stand.singles(target), 1));
    }
    return new Chapter(
        name(),
        about(),
        minutes,
        List.of(
            Finding.atMost(
                "soak: p99 of the second half to that of the first",
                1.5,
                "times",
                halves(minutes, run -> run.endToEnd().p99())),
            Finding.atMost(
                "soak: memory of the second half to that of the first",
                1.2,
                "times",
                halves(minutes, Findings::megabytes)),
            Findings.memory(name(), minutes)));
  }

  private static double halves(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    List<Double> figures = runs.stream().map(figure::applyAsDouble).toList();
    int half = figures.size() / 2;
    return Findings.median(figures.subList(half, figures.size()))
        / Findings.median(figures.subList(0, half));
  }
}
