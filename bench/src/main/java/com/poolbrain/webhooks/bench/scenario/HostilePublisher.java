package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The effect of a company that publishes bodies of the largest size on another company, on the
/// lease and on health.
final class HostilePublisher extends BenchScenario {

  private static final int RUN_SECONDS = 15;
  private static final int PAIR_COUNT = 3;
  private static final int HOSTILE_CONNECTIONS = 16;
  private static final int MAX_HOSTILE_REQUESTS = 100_000;
  private static final int BODY_BYTES = 5_000_000;
  private static final int ITEM_COUNT = 10_000;

  /// A kind of body.
  private record HostileBody(String name, String body) {}

  HostilePublisher() {
    super(
        "hostile-publisher",
        "one company's steady 500/s, without and while a key of another company publishes bodies of"
            + " 5 MB over 16 connections: invalid ones, and valid ones");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    RoundRobinRequests steady = context.requests(context.createTarget());
    long company = context.createCompany();
    String key = context.apiSetup().createPublishKey(company);
    context.warmUp();
    List<TargetCheck> checks = new ArrayList<>();
    for (HostileBody hostile :
        List.of(
            new HostileBody("invalid", unknownFields(company)),
            new HostileBody("valid", manyItems(company)))) {
      PublishTarget target = context.apiSetup().newTarget(key, hostile.body());
      checks.addAll(measure(context, hostile.name() + " bodies of 5 MB", steady, target));
    }
    return checks;
  }

  private static List<TargetCheck> measure(
      BenchContext context, String subject, RoundRobinRequests steady, PublishTarget hostile)
      throws InterruptedException {
    context.show(subject + ", so that the JVM compiles their code");
    publishHostile(context, hostile);
    try (var watch = new LeaseWatch(context.environment())) {
      PairedRuns pairs =
          PairedRuns.measure(
              name -> context.runSteady(name, RUN_SECONDS, steady),
              subject,
              context.options().fullOrQuick(PAIR_COUNT, 1),
              () -> publishHostile(context, hostile));
      LeaseWatch.Result seen = watch.stop();
      context.notes().add(subject + ": " + seen.summary());
      return List.of(
          TargetCheck.atMost(
              subject + ", another company: p99 of publishing, with to without",
              5,
              "times",
              pairs.medianRatio(run -> run.acceptLatency().p99())),
          TargetCheck.atMost(subject + ": leases lost", 0, "", seen.lostLeases()),
          TargetCheck.atLeast(
              subject + ": least time left of a lease of 15 s",
              10,
              "s",
              seen.minLeaseMillis() / 1e3),
          TargetCheck.atMost(
              subject + ": longest answer of /health/ready",
              1_000,
              "ms",
              (double) seen.maxHealthMillis()));
    }
  }

  private static void publishHostile(BenchContext context, PublishTarget target) {
    int seconds = context.options().secondsOr(RUN_SECONDS);
    context.publishUncounted(
        LoadProfile.closedLoop("hostile", HOSTILE_CONNECTIONS, seconds),
        target,
        MAX_HOSTILE_REQUESTS);
  }

  /// An event with half a million fields that its schema does not have.
  private static String unknownFields(long company) {
    var body =
        new StringBuilder(BODY_BYTES)
            .append(
                "{\"company_id\":%d,\"event\":\"job.one_time.schedule.changed\",\"data\":{"
                    .formatted(company))
            .append("\"{{ID}}\":0");
    for (int i = 0; body.length() < BODY_BYTES - 20; i++) {
      body.append(",\"").append(i).append("\":0");
    }
    return body.append("}}").toString();
  }

  /// An event with as many items as a request may have.
  private static String manyItems(long company) {
    String head =
        "{\"company_id\":%d,\"event\":\"customer.created\",\"data\":[{\"customerId\":1,\"displayName\":\"{{ID}}\"}"
            .formatted(company);
    int nameLength =
        BODY_BYTES / ITEM_COUNT - ",{\"customerId\":10000,\"displayName\":\"\"}".length();
    String items =
        IntStream.range(1, ITEM_COUNT)
            .mapToObj(i ->
                ",{\"customerId\":%d,\"displayName\":\"%s\"}".formatted(i, name(i, nameLength)))
            .collect(Collectors.joining());
    return head + items + "]}";
  }

  /// A text that is different for each item, so that PostgreSQL can't compress it much.
  private static String name(int seed, int length) {
    var text = new StringBuilder(length);
    long state = seed * 0x9E3779B97F4A7C15L;
    while (text.length() < length) {
      state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      text.append((char) ('a' + (state >>> 60)));
    }
    return text.toString();
  }
}
