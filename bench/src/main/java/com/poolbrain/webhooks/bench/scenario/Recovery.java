package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The time in which failed deliveries are recovered, and the effect on another company. Each pair
/// of runs has a job of its own: the endpoints of the company failed equally often.
final class Recovery extends BenchScenario {

  private static final int RUN_SECONDS = 15;
  private static final int PAIR_COUNT = 4;

  /// A job of 25,000 deliveries then takes longer than a run.
  private static final int RATE_PER_SECOND = 1_000;

  private static final long MIN_TIMEOUT_SECONDS = 120;

  Recovery() {
    super(
        "recovery",
        "one company's steady 500/s, without and while jobs recover failed deliveries of another at"
            + " 1,000/s, one endpoint after the other");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    int pairCount = context.options().fullOrQuick(PAIR_COUNT, 1);
    int perJob = Math.max(1, context.options().deliveriesOr(100_000, 200) / pairCount);
    RoundRobinRequests steady = context.requests(context.createTarget());
    long company = context.createCompany();
    Deque<String> endpoints = createEndpoints(context, company, 1 + pairCount);
    StoredDeliveries.insertFailed(context, company, perJob * endpoints.size());
    context.warmUp();
    context.show("a recovery, so that the JVM compiles its code");
    recover(context, company, endpoints.remove(), perJob);
    List<Double> seconds = new ArrayList<>();
    PairedRuns pairs =
        PairedRuns.measure(
            name -> context.runSteady(name, RUN_SECONDS, steady),
            "",
            pairCount,
            () -> seconds.add(recover(context, company, endpoints.remove(), perJob)));
    requireAllDelivered(context, company);
    context.notes().add(summary(perJob, seconds));
    return List.of(
        pairs.p99Check(
            "%,d deliveries of another company recovered".formatted(perJob * pairCount)));
  }

  private static Deque<String> createEndpoints(BenchContext context, long company, int count) {
    String url = context.environment().misbehavingReceiver().url("/uncounted");
    Deque<String> endpoints = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      endpoints.add(context.apiSetup().createEndpoint(company, StoredDeliveries.EVENT_TYPE, url));
    }
    return endpoints;
  }

  /// Returns how many seconds it took until the last delivery was recorded.
  private static double recover(BenchContext context, long company, String endpoint, int expected)
      throws InterruptedException {
    ServiceClient client = context.environment().service().client();
    long startNanos = System.nanoTime();
    String path = "/companies/%d/endpoints/%s/recover".formatted(company, endpoint);
    String body =
        "{\"since\":\"%s\",\"rate_per_second\":%d}"
            .formatted(Instant.now().minus(Duration.ofHours(1)), RATE_PER_SECOND);
    String job =
        "/jobs/"
            + ApiSetup.requireSuccess(path, client.post(path, body)).path("job_id").stringValue();
    long timeoutSeconds = MIN_TIMEOUT_SECONDS + 3L * expected / RATE_PER_SECOND;
    context.await(
        job + " is running", timeoutSeconds, () -> !status(client, job).equals("running"));
    context.awaitNoOpenDeliveries("company_id = " + company);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    JsonNode ended = ApiSetup.requireSuccess(job, client.get(job));
    if (!status(client, job).equals("done") || ended.path("done").asInt() != expected) {
      throw new IllegalStateException(
          "The job should have recovered %,d deliveries: %s".formatted(expected, ended));
    }
    return seconds;
  }

  private static String status(ServiceClient client, String job) {
    return ApiSetup.requireSuccess(job, client.get(job)).path("status").stringValue();
  }

  private static void requireAllDelivered(BenchContext context, long company) {
    long failed =
        context
            .postgres()
            .queryNumber(
                "select count(*) from delivery where status <> 'delivered' and company_id = "
                    + company);
    if (failed > 0) {
      throw new IllegalStateException("%,d recovered deliveries failed again.".formatted(failed));
    }
  }

  /// How long the jobs took, for people.
  static String summary(int perJob, List<Double> seconds) {
    double sum = seconds.stream().mapToDouble(Double::doubleValue).sum();
    return "%,d deliveries recovered in %.1f s, %,.0f/s; the jobs of %,d each took %s s"
        .formatted(
            perJob * seconds.size(),
            sum,
            perJob * seconds.size() / sum,
            perJob,
            seconds.stream().map("%.1f"::formatted).collect(Collectors.joining(", ")));
  }
}
