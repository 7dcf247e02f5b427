package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long deliveries take at steady rates.
final class Latency implements Scenario {

  private static final int SECONDS = 20;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String about() {
    return "publishes on a fixed schedule; times count from the scheduled moment";
  }

  @Override
  public int seconds(Pace pace) {
    return 3 * pace.secondsOr(SECONDS);
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    Target target = stand.simple();
    int seconds = stand.pace().secondsOr(SECONDS);
    List<Measured> runs = new ArrayList<>();
    for (int rate : List.of(500, 2_000, 5_000)) {
      String name = String.format(Locale.ROOT, "%,d/s", rate);
      runs.add(
          stand.run(
              new Load(name, stand.pace().connectionsOr(64), rate, seconds),
              stand.singles(target),
              1));
    }
    return new Chapter(
        name(),
        about(),
        runs,
        List.of(
            Finding.atMost("end to end at 500/s, p50", 2, "ms", runs.get(0).endToEnd().p50()),
            Finding.atMost("end to end at 500/s, p99", 6, "ms", runs.get(0).endToEnd().p99()),
            Finding.atMost("end to end at 2,000/s, p50", 3, "ms", runs.get(1).endToEnd().p50()),
            Finding.atMost("end to end at 2,000/s, p99", 15, "ms", runs.get(1).endToEnd().p99()),
            Findings.memory(name(), runs)));
  }
}
