package com.poolbrain.webhooks.bench.query;

import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.Postgres;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// One measurement of all calls, one call at a time.
public final class QueryRun {

  /// Target of the 95th percentile.
  private static final double MAX_P95_MILLIS = 200;

  private static final int COMPANIES = 100;
  private static final int ENDPOINTS_PER_COMPANY = 3;
  private static final int WARM_UP_CALLS = 20;

  private final BenchEnvironment environment;
  private final Progress progress;

  public QueryRun(BenchEnvironment environment, Progress progress) {
    this.environment = environment;
    this.progress = progress;
  }

  /// The times of one kind of call.
  public record CallTimes(String name, double p50, double p95, double max) {

    /// The check of the target.
    public TargetCheck check() {
      return TargetCheck.atMost(name + ", p95", MAX_P95_MILLIS, "ms", p95);
    }
  }

  /// Fills the database and measures.
  ///
  /// @param deliveries in the database
  /// @param calls of each kind
  public List<CallTimes> measure(long deliveries, int calls) {
    Postgres postgres = environment.postgres();
    createEndpoints();
    var month = new MonthOfDeliveries(postgres, deliveries, COMPANIES);
    month.ageConfiguration();
    month.fill(progress);
    ServiceClient client = environment.service().client();
    Set<String> paths = new TreeSet<>();
    client
        .getFromRoot("/openapi.json")
        .expect(200)
        .path("paths")
        .propertyNames()
        .forEach(paths::add);
    var queryCalls = new QueryCalls(postgres, COMPANIES);
    List<CallTimes> times = new ArrayList<>();
    for (String name : queryCalls.names(paths)) {
      progress.show(name);
      time(client, queryCalls, name, Math.min(WARM_UP_CALLS, calls));
      Histogram micros = time(client, queryCalls, name, calls);
      times.add(
          new CallTimes(
              name,
              micros.getValueAtPercentile(50) / 1e3,
              micros.getValueAtPercentile(95) / 1e3,
              micros.getMaxValue() / 1e3));
    }
    progress.clear();
    return times;
  }

  private void createEndpoints() {
    ApiSetup setup = new ApiSetup(environment.service());
    for (long company = 1; company <= COMPANIES; company++) {
      setup.createCompany(company);
      for (int i = 0; i < ENDPOINTS_PER_COMPANY; i++) {
        setup.createEndpoint(
            company, "customer.created", "https://127.0.0.1:1/%d/%d".formatted(company, i));
      }
    }
  }

  private static Histogram time(
      ServiceClient client, QueryCalls queryCalls, String name, int calls) {
    Histogram micros = new Histogram(3);
    for (int i = 0; i < calls; i++) {
      String path = queryCalls.nextPath(name);
      long start = System.nanoTime();
      client.get(path).expect(200);
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    }
    return micros;
  }
}
