package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Generator;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.service.Setup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What a company that publishes very much at once does to another.
final class Neighbour implements Scenario {

  private static final int RATE = 500;
  private static final int SECONDS = 20;
  private static final int PAIRS = 5;
  private static final int REHEARSALS = 3;
  private static final int SECONDS_OF_FLOOD = 6;
  private static final int BATCH = 100;

  @Override
  public String name() {
    return "neighbour";
  }

  @Override
  public String about() {
    return "one company's steady 500/s, without and while another publishes very many events at once";
  }

  @Override
  public int seconds(Pace pace) {
    return PAIRS * (2 * pace.secondsOr(SECONDS) + 5) + REHEARSALS * SECONDS_OF_FLOOD;
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    Target steady = stand.simple();
    long loud = stand.companyIds(1);
    Setup setup = stand.setup();
    setup.company(loud);
    setup.endpoint(
        loud, "customer.created", stand.house().receiver().url("localhost", "/uncounted"));
    Target flood = setup.target(loud, "customer.created");
    rehearse(stand, flood, loud);
    List<Measured> with = new ArrayList<>();
    List<Measured> without = new ArrayList<>();
    for (int pair = 1; pair <= stand.pace().many(PAIRS, 1); pair++) {
      without.add(run(stand, "without " + pair, steady));
      Thread flooding = Thread.ofPlatform().start(() -> flood(stand, flood));
      with.add(run(stand, "with " + pair, steady));
      flooding.join();
      awaitNothingDue(stand, loud);
    }
    List<Measured> runs = new ArrayList<>(without);
    runs.addAll(with);
    return new Chapter(
        name(),
        about(),
        runs,
        List.of(
            Finding.atMost(
                String.format(
                    Locale.ROOT,
                    "another company publishes %,d at once: p99, with to without",
                    stand.pace().many(100_000, 1_000)),
                1.5,
                "times",
                Findings.ratio(with, without, run -> run.endToEnd().p99())),
            Findings.memory(name(), runs)));
  }

  /// So that what a flood runs is compiled before one is measured.
  private static void rehearse(Stand stand, Target flood, long loud)
      throws IOException, InterruptedException, SQLException {
    stand.warmUp();
    stand.doing("rehearsing what the other company does");
    for (int i = 0; i < stand.pace().many(REHEARSALS, 1); i++) {
      flood(stand, flood);
      awaitNothingDue(stand, loud);
    }
  }

  private static Measured run(Stand stand, String name, Target steady)
      throws IOException, InterruptedException, SQLException {
    Load load =
        new Load(name, stand.pace().connectionsOr(64), RATE, stand.pace().secondsOr(SECONDS));
    return stand.run(load, stand.singles(steady), 1);
  }

  private static void flood(Stand stand, Target target) {
    int events = stand.pace().many(100_000, 1_000);
    Rotation requests = new Rotation(List.of(stand.template(target.inBatchesOf(BATCH))), 0);
    try (Generator generator = new Generator(stand.house().loops(), target.publishUrl(), 8)) {
      Tally tally = new Tally(stand.house().marks().numbers(events), events, 1);
      generator.closedLoop(requests, tally, TimeUnit.SECONDS.toNanos(60));
    } catch (IOException e) {
      throw new IllegalStateException("the loud company can't publish", e);
    }
  }

  private static void awaitNothingDue(Stand stand, long company)
      throws SQLException, InterruptedException {
    String due = "select count(*) from due where company_id = " + company;
    for (int i = 0; i < 600 && stand.house().postgres().number(due) > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
