package com.poolbrain.webhooks.bench.scenario;

import static com.poolbrain.webhooks.domain.ErrorClass.CONNECTION_RESET;
import static com.poolbrain.webhooks.domain.ErrorClass.RESPONSE_TIMEOUT;

import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.service.Setup;
import com.poolbrain.webhooks.domain.ErrorClass;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What endpoints that misbehave do to the others.
final class Isolation implements Scenario {

  private static final int RATE = 2_000;
  private static final int SECONDS = 8;
  private static final int SECONDS_OF_PAUSE = 12;
  private static final int PAIRS = 5;

  /// A kind of misbehaviour.
  ///
  /// @param error how an attempt ends
  /// @param companies each with five endpoints
  /// @param hostile how many of a company's endpoints misbehave; twice that in every other one if
  ///   it is half of them all
  private record Kind(String name, String path, ErrorClass error, int companies, double hostile) {}

  @Override
  public String name() {
    return "isolation";
  }

  @Override
  public String about() {
    return "2,000/s on a fixed schedule over many endpoints, some of which misbehave; the others"
        + " are measured, with and without, in turns, after some seconds of posts to such an endpoint";
  }

  @Override
  public int seconds(Pace pace) {
    int pairs = PAIRS * (2 * pace.secondsOr(SECONDS) + SECONDS_OF_PAUSE);
    return 4 * (pace.secondsOr(SECONDS) + pairs) + 30;
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    int few = stand.pace().many(20, 1);
    List<Measured> runs = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Kind kind :
        List.of(
            new Kind("a fifth hangs", "/hang", RESPONSE_TIMEOUT, few, 0.2),
            new Kind("a fifth drips", "/drip", RESPONSE_TIMEOUT, few, 0.2),
            new Kind("a fifth resets", "/reset", CONNECTION_RESET, few, 0.2),
            new Kind(
                half(stand.pace().many(200, 2)),
                "/hang",
                RESPONSE_TIMEOUT,
                stand.pace().many(200, 2),
                0.5))) {
      pairs(stand, kind, runs, findings);
    }
    findings.add(Findings.memory(name(), runs));
    return new Chapter(name(), about(), runs, findings);
  }

  private static String half(int companies) {
    int endpoints = companies * Setup.TYPES.size();
    return String.format(Locale.ROOT, "%,d of %,d hang", endpoints / 2, endpoints);
  }

  private static void pairs(Stand stand, Kind kind, List<Measured> runs, List<Finding> findings)
      throws IOException, InterruptedException, SQLException {
    stand.doing(kind.name() + ": making endpoints");
    Street peaceful = new Street(stand, kind.companies(), kind.hostile(), "/uncounted");
    Street troubled = new Street(stand, kind.companies(), kind.hostile(), kind.path());
    rehearse(stand, kind);
    List<Measured> with = new ArrayList<>();
    List<Measured> without = new ArrayList<>();
    for (int pair = 1; pair <= stand.pace().many(PAIRS, 1); pair++) {
      troubled.pause(true);
      without.add(run(stand, kind.name() + ", without " + pair, peaceful));
      troubled.pause(false);
      with.add(run(stand, kind.name() + ", with " + pair, troubled));
    }
    troubled.pause(true);
    runs.addAll(without);
    runs.addAll(with);
    findings.add(
        Finding.atMost(
            kind.name() + ": p50 of the others, with to without",
            1.5,
            "times",
            Findings.ratio(with, without, run -> run.endToEnd().p50())));
    findings.add(
        Finding.atMost(
            kind.name() + ": p99 of the others, with to without",
            1.5,
            "times",
            Findings.ratio(with, without, run -> run.endToEnd().p99())));
  }

  private static void rehearse(Stand stand, Kind kind)
      throws IOException, InterruptedException, SQLException {
    stand.warmUp();
    stand.doing(kind.name() + ": rehearsing it");
    Knocks.at(stand.house(), kind.path(), kind.error(), stand.pace().secondsOr(SECONDS));
  }

  private static Measured run(Stand stand, String name, Street street)
      throws IOException, InterruptedException, SQLException {
    Load load =
        new Load(name, stand.pace().connectionsOr(64), RATE, stand.pace().secondsOr(SECONDS));
    return stand.run(load, street.requests(), 1);
  }
}
