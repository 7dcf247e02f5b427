package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Template;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.service.Setup;
import com.poolbrain.webhooks.bench.service.Town;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// Whether many companies cost more than one.
final class Companies implements Scenario {

  private static final int SECONDS = 15;
  private static final int SECONDS_OF_REHEARSAL = 15;
  private static final int HOSTS_OF_A_NET = 250;

  @Override
  public String name() {
    return "companies";
  }

  @Override
  public String about() {
    return "full load for one company; for many with an endpoint each on one host; for as many on"
        + " many hosts; and for the one again, whose two runs are what the others are compared with;"
        + " each after fifteen seconds in which connections are made";
  }

  @Override
  public int seconds(Pace pace) {
    return 4 * (pace.secondsOr(SECONDS) + SECONDS_OF_REHEARSAL) + 20;
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    int count = stand.pace().many(10_000, 20);
    List<String> hosts = hosts(stand.pace().many(1_000, 10));
    String onOne = String.format(Locale.ROOT, "%,d companies on one host", count);
    String onMany = String.format(Locale.ROOT, "%,d companies on %,d hosts", count, hosts.size());
    try (Receiver wide = stand.house().receiver("0.0.0.0", hosts)) {
      Receiver receiver = stand.house().receiver();
      Rotation simple = stand.singles(stand.simple());
      Measured one = run(stand, "one company", simple);
      Measured oneHost =
          run(stand, onOne, town(stand, count, _ -> receiver.url("localhost", "/ok/0")));
      Measured manyHosts =
          run(
              stand,
              onMany,
              town(stand, count, i -> wide.url(hosts.get(i % hosts.size()), "/ok/0")));
      Measured oneAgain = run(stand, "one company again", simple);
      double base = (one.perSecond() + oneAgain.perSecond()) / 2;
      List<Measured> runs = List.of(one, oneHost, manyHosts, oneAgain);
      return new Chapter(
          name(),
          about(),
          runs,
          List.of(
              Finding.atLeast(
                  onOne + ": throughput to that of one company",
                  0.8,
                  "times",
                  oneHost.perSecond() / base),
              Finding.atLeast(
                  onMany + ": throughput to that of one company",
                  0.8,
                  "times",
                  manyHosts.perSecond() / base),
              Findings.memory(name(), runs)));
    }
  }

  private static List<String> hosts(int count) {
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add("127.0.%d.%d".formatted(1 + i / HOSTS_OF_A_NET, 1 + i % HOSTS_OF_A_NET));
    }
    return hosts;
  }

  private static Measured run(Stand stand, String name, Rotation requests)
      throws IOException, InterruptedException, SQLException {
    Load load = Load.closed(name, stand.pace().connectionsOr(64), stand.pace().secondsOr(SECONDS));
    int rehearsed = stand.pace().many(SECONDS_OF_REHEARSAL, 1);
    stand.rehearse(Load.closed(name + ", connecting", load.connections(), rehearsed), requests, 1);
    return stand.run(load, requests, 1);
  }

  private static Rotation town(Stand stand, int count, IntFunction<String> url)
      throws IOException, InterruptedException, SQLException {
    stand.doing("making " + count + " companies");
    long first = stand.companyIds(count);
    Town.build(stand.house().postgres(), first, count, url);
    // A change through the API is known to the service only after all that was committed before it.
    stand.simple();
    Setup setup = stand.setup();
    List<Template> templates = new ArrayList<>();
    for (long company = first; company < first + count; company++) {
      templates.add(stand.template(setup.target(company, "customer.created")));
    }
    return new Rotation(templates, 1);
  }
}
