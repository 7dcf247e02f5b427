package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.query.MonthOfDeliveries;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.ProcessUsage;
import com.poolbrain.webhooks.bench.service.ResourceMeter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The time and memory that the export of a large delivery log takes, and its effect on another
/// company.
final class Export extends BenchScenario {

  private static final int RUN_SECONDS = 10;
  private static final int PAIR_COUNT = 3;
  private static final Duration WARM_UP_RANGE = Duration.ofDays(3);

  /// The text of a million deliveries has more than twice this size.
  private static final double MAX_GROWTH_MEGABYTES = 100;

  Export() {
    super(
        "export",
        "one company's steady 500/s, without and while the delivery log of another is exported as CSV");
  }

  /// One export.
  ///
  /// @param bytesBefore memory of the service before
  /// @param maxBytes memory of the service meanwhile
  private record Exported(ExportedCsv csv, double seconds, long bytesBefore, double maxBytes) {

    double growthMegabytes() {
      return Math.max(0, maxBytes - bytesBefore) / 1e6;
    }

    String summary() {
      return "%,d rows (%,.0f MB) in %.1f s, %,.0f/s; memory of the service %.0f MB before, at most %.0f MB"
          .formatted(
              csv.rows(),
              csv.bytes() / 1e6,
              seconds,
              csv.rows() / seconds,
              bytesBefore / 1e6,
              maxBytes / 1e6);
    }
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    int deliveries = context.options().deliveriesOr(1_000_000, 3_000);
    MonthOfDeliveries month =
        MonthOfDeliveries.create(context.environment(), 1, deliveries, context::show);
    RoundRobinRequests steady = context.requests(context.createTarget());
    context.warmUp();
    context.show("an export, so that the JVM compiles its code");
    Instant from = Instant.now().minus(WARM_UP_RANGE).truncatedTo(ChronoUnit.SECONDS);
    var _ = export(context, month, "&from=" + from);
    List<Exported> exports = new ArrayList<>();
    PairedRuns pairs =
        PairedRuns.measure(
            name -> context.runSteady(name, RUN_SECONDS, steady),
            "",
            context.options().fullOrQuick(PAIR_COUNT, 1),
            () -> exports.add(export(context, month, "")));
    exports.forEach(export -> context.notes().add(export.summary()));
    String subject = "export of %,d deliveries".formatted(exports.getFirst().csv().rows());
    return List.of(
        pairs.p99Check(subject + ", another company"),
        TargetCheck.atMost(
            subject + ": growth of the service's memory",
            MAX_GROWTH_MEGABYTES,
            "MB",
            exports.stream().mapToDouble(Exported::growthMegabytes).max().orElseThrow()));
  }

  private static Exported export(BenchContext context, MonthOfDeliveries month, String filter)
      throws InterruptedException {
    BenchEnvironment environment = context.environment();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            environment
                .service()
                .publishUrl()
                .resolve(
                    "companies/%d/deliveries/export?format=csv%s"
                        .formatted(month.firstCompany(), filter)));
    environment.service().authHeaders().forEach(request::header);
    long bytesBefore = ProcessUsage.ofProcessTree(environment.service().process()).rssBytes();
    long startNanos = System.nanoTime();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ResourceMeter meter = new ResourceMeter(environment)) {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        ExportedCsv csv = ExportedCsv.read(body);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new Exported(csv, seconds, bytesBefore, meter.read().maxRssBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The export broke off: " + e.getMessage(), e);
    }
  }
}
