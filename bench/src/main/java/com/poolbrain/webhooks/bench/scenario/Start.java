package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Generator;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.service.OwnService;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How long the service takes to start.
final class Start implements Scenario {

  private static final int TIMES = 5;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String about() {
    return "the service is started five times on a database that is there";
  }

  @Override
  public int seconds(Pace pace) {
    return TIMES * 4;
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    Target target = stand.simple();
    List<Double> ready = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int i = 1; i <= stand.pace().many(TIMES, 1); i++) {
      stand.doing("start " + i);
      OwnService service = stand.house().restart();
      ready.add(service.startedMillis() / 1e3);
      double first = firstDelivery(stand, target);
      notes.add(
          String.format(
              Locale.ROOT,
              "start %d: ready after %,d ms, the first delivery %,.0f ms later",
              i,
              service.startedMillis(),
              first));
    }
    return new Chapter(
        name(),
        about(),
        List.of(),
        List.of(
            Finding.atMost(
                "process start to ready, median of " + ready.size(),
                1.5,
                "s",
                Findings.median(ready))),
        notes,
        null);
  }

  /// Milliseconds from publishing to receiving.
  private static double firstDelivery(Stand stand, Target target)
      throws IOException, InterruptedException {
    URI url = stand.house().service().at("/api/v1/events");
    Tally tally = new Tally(stand.house().marks().numbers(1), 1, 1);
    stand.house().count(tally);
    Rotation one = stand.singles(new Target(url, stand.house().service().headers(), target.body()));
    try (Generator generator = new Generator(stand.house().loops(), url, 1)) {
      generator.closedLoop(one, tally, TimeUnit.SECONDS.toNanos(10));
    }
    Stand.awaitStragglers(tally);
    if (tally.received() == 0) {
      throw new IOException("The first event after a start was not delivered.");
    }
    return tally.endToEndMicros().getMaxValue() / 1e3;
  }
}
