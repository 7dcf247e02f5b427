package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.util.ArrayList;
import java.util.List;

/// Companies with five endpoints each, one per event type. A share of the endpoints misbehaves.
final class MixedEndpoints {

  private final BenchContext context;
  private final RoundRobinRequests requests;
  private final String companyFilter;

  /// Creates them.
  ///
  /// @param misbehavingShare share of endpoints with `path`; the others are well-behaved
  MixedEndpoints(BenchContext context, int companyCount, double misbehavingShare, String path) {
    this.context = context;
    long first = context.environment().reserveCompanyIds(companyCount);
    companyFilter = "company_id between %d and %d".formatted(first, first + companyCount - 1);
    List<PublishTarget> targets = new ArrayList<>();
    int healthyCount = 0;
    ApiSetup apiSetup = context.apiSetup();
    double carry = 0;
    for (long company = first; company < first + companyCount; company++) {
      apiSetup.createCompany(company);
      for (String type : ApiSetup.EVENT_TYPES) {
        carry += misbehavingShare;
        boolean isMisbehaving = carry > 0.999;
        carry -= isMisbehaving ? 1 : 0;
        String url =
            isMisbehaving
                ? context.environment().misbehavingReceiver().url(path)
                : context.environment().receiver().url("/ok/0");
        var _ = apiSetup.createEndpoint(company, type, url);
        PublishTarget target = apiSetup.newTarget(company, type);
        targets.add(isMisbehaving ? targets.size() : healthyCount++, target);
      }
    }
    requests = new RoundRobinRequests(targets, context.environment().markers(), 1, healthyCount);
  }

  /// Requests for all endpoints in turn. Only deliveries to well-behaved endpoints are counted.
  RoundRobinRequests requests() {
    return requests;
  }

  /// Pauses the misbehaving endpoints and waits until they have no open deliveries, or resumes
  /// them.
  void setMisbehavingPaused(boolean paused) throws InterruptedException {
    context
        .postgres()
        .execute(
            "begin",
            "update config set version = version + 1",
            """
            update endpoint set paused = %s, version = (select version from config)
            where %s and url like 'https://localhost:%d/%%'
            """
                .formatted(
                    paused, companyFilter, context.environment().misbehavingReceiver().port()),
            "commit");
    if (paused) {
      context.awaitNoOpenDeliveries(companyFilter);
    }
  }
}
