package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RequestTemplate;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Companies with five endpoints each, one for each type of event, of which a part may misbehave.
final class MixedEndpoints {

  private static final long PAUSE_TIMEOUT_SECONDS = 120;

  private final BenchContext benchContext;
  private final RoundRobinRequests requests;
  private final String companyFilter;

  /// Makes them.
  ///
  /// @param misbehavingShare which part of the endpoints gets another path
  /// @param path theirs
  MixedEndpoints(BenchContext benchContext, int companyCount, double misbehavingShare, String path)
      throws IOException, InterruptedException {
    this.benchContext = benchContext;
    long firstCompany = benchContext.reserveCompanyIds(companyCount);
    companyFilter =
        "company_id between " + firstCompany + " and " + (firstCompany + companyCount - 1);
    List<RequestTemplate> healthy = new ArrayList<>();
    List<RequestTemplate> misbehaving = new ArrayList<>();
    ApiSetup apiSetup = benchContext.apiSetup();
    double carry = 0;
    for (long company = firstCompany; company < firstCompany + companyCount; company++) {
      apiSetup.createCompany(company);
      for (String type : ApiSetup.EVENT_TYPES) {
        carry += misbehavingShare;
        boolean isMisbehaving = carry > 0.999;
        carry -= isMisbehaving ? 1 : 0;
        Receiver receiver =
            isMisbehaving
                ? benchContext.benchEnvironment().misbehavingReceiver()
                : benchContext.benchEnvironment().receiver();
        apiSetup.createEndpoint(
            company, type, receiver.url("localhost", isMisbehaving ? path : "/ok/0"));
        (isMisbehaving ? misbehaving : healthy)
            .add(benchContext.requestTemplate(apiSetup.newTarget(company, type)));
      }
    }
    List<RequestTemplate> all = new ArrayList<>(healthy);
    all.addAll(misbehaving);
    requests = new RoundRobinRequests(all, 1, healthy.size());
  }

  /// Requests for all endpoints in turn; only the deliveries of those that behave are counted.
  RoundRobinRequests requests() {
    return requests;
  }

  /// Pauses the endpoints that misbehave, and waits until nothing is left for them; or lets them go
  /// on.
  void setMisbehavingPaused(boolean paused) throws SQLException, InterruptedException {
    String endpointFilter =
        companyFilter
            + " and url like 'https://localhost:"
            + benchContext.benchEnvironment().misbehavingReceiver().port()
            + "/%'";
    benchContext
        .benchEnvironment()
        .postgres()
        .execute(
            "begin",
            "update config set version = version + 1",
            "update endpoint set paused = "
                + paused
                + ", version = (select version from config) where "
                + endpointFilter,
            "commit");
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PAUSE_TIMEOUT_SECONDS);
    while (paused
        && benchContext
                .benchEnvironment()
                .postgres()
                .queryNumber("select count(*) from open_delivery where " + companyFilter)
            > 0) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("paused endpoints still have open deliveries");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
