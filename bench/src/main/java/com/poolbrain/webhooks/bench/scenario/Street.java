package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Template;
import com.poolbrain.webhooks.bench.service.Setup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Companies with five endpoints each, one for each type of event, of which a part may misbehave.
final class Street {

  private static final long PATIENCE_SECONDS = 120;

  private final Stand stand;
  private final Rotation requests;
  private final String companies;

  /// Makes them.
  ///
  /// @param hostile which part of the endpoints gets another path
  /// @param path theirs
  Street(Stand stand, int count, double hostile, String path)
      throws IOException, InterruptedException {
    this.stand = stand;
    long first = stand.companyIds(count);
    companies = "company_id between " + first + " and " + (first + count - 1);
    List<Template> good = new ArrayList<>();
    List<Template> bad = new ArrayList<>();
    Setup setup = stand.setup();
    double owed = 0;
    for (long company = first; company < first + count; company++) {
      setup.company(company);
      for (String type : Setup.TYPES) {
        owed += hostile;
        boolean misbehaves = owed > 0.999;
        owed -= misbehaves ? 1 : 0;
        Receiver receiver = misbehaves ? stand.house().hostile() : stand.house().receiver();
        setup.endpoint(company, type, receiver.url("localhost", misbehaves ? path : "/ok/0"));
        (misbehaves ? bad : good).add(stand.template(setup.target(company, type)));
      }
    }
    List<Template> all = new ArrayList<>(good);
    all.addAll(bad);
    requests = new Rotation(all, 1, good.size());
  }

  /// Requests for all endpoints in turn; only the deliveries of those that behave are counted.
  Rotation requests() {
    return requests;
  }

  /// Pauses the endpoints that misbehave, and waits until nothing is left for them; or lets them go
  /// on.
  void pause(boolean paused) throws SQLException, InterruptedException {
    String theirs =
        companies + " and url like 'https://localhost:" + stand.house().hostile().port() + "/%'";
    stand
        .house()
        .postgres()
        .run(
            "begin",
            "update config set version = version + 1",
            "update endpoint set paused = "
                + paused
                + ", version = (select version from config) where "
                + theirs,
            "commit");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (paused
        && stand.house().postgres().number("select count(*) from due where " + companies) > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("paused endpoints still have open deliveries");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
