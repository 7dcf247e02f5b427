package com.poolbrain.webhooks.server.telemetry;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What this node has done and is busy with, as Prometheus reads it.
public final class Metrics implements EngineListener, AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
  private final Counter deliveriesOpened = registry.counter("webhooks.deliveries.opened");
  private final Counter skipped = deliveryCounter(DeliveryStatus.SKIPPED, "");
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Map<AttemptTags, AttemptMeters> meters = new ConcurrentHashMap<>();

  /// What attempts are told apart by.
  private record AttemptTags(String error, Trigger trigger, DeliveryStatus status) {}

  /// Where attempts of one kind are counted; looking meters up by their tags takes longer.
  private record AttemptMeters(Counter attempts, Counter deliveries, Timer duration) {}

  /// Metrics of the process; those of the engine follow with [#bindEngine].
  public Metrics() {
    gcMetrics.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// Shows what the engine is busy with.
  ///
  /// @param clock what the age of due deliveries is told by
  public void bindEngine(Supplier<EngineStats> stats, InstantSource clock) {
    gauge(
        "webhooks.backlog",
        "Deliveries that wait in this node's lanes",
        stats,
        EngineStats::waiting);
    gauge(
        "webhooks.backlog.bytes",
        "Bytes of the deliveries that wait in this node's lanes",
        stats,
        EngineStats::queuedBytes);
    gauge("webhooks.in.flight", "Attempts that run", stats, EngineStats::inFlight);
    gauge(
        "webhooks.unsettled",
        "Attempts that run or whose result is not durable yet",
        stats,
        EngineStats::unrecorded);
    gauge("webhooks.nodes", "Nodes with a lease", stats, EngineStats::liveNodes);
    gauge(
        "webhooks.lease.fresh",
        "1 if attempts may start, 0 if the last renewal is too old",
        stats,
        now -> now.isLeaseFresh() ? 1 : 0);
    gauge(
        "webhooks.oldest.due.age.seconds",
        "How long the longest waiting delivery without an owner has been due",
        stats,
        now -> ageSeconds(now, clock.instant()));
  }

  /// Shows a number that somebody else knows.
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /// The text that Prometheus reads.
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void onEventsAccepted(List<Receipt> receipts) {
    for (Receipt receipt : receipts) {
      accepted
          .computeIfAbsent(receipt.event(), this::acceptedCounter)
          .increment(receipt.ids().size());
      deliveriesOpened.increment(receipt.deliveries());
      skipped.increment(receipt.skipped());
    }
  }

  private Counter acceptedCounter(String event) {
    return registry.counter("webhooks.events.accepted", "event", event);
  }

  @Override
  public void onDeliveryRecorded(DeliveryRecorded recorded) {
    String error =
        switch (recorded.attempt().outcome()) {
          case Outcome.Delivered _ -> "";
          case Outcome.Failed failed -> failed.error().wireName();
        };
    var attemptTags =
        new AttemptTags(error, recorded.attempt().trigger(), recorded.recordedResult().status());
    AttemptMeters attemptMeters = meters.computeIfAbsent(attemptTags, this::meters);
    attemptMeters.attempts().increment();
    attemptMeters.deliveries().increment();
    attemptMeters.duration().record(recorded.attempt().duration());
  }

  private AttemptMeters meters(AttemptTags attemptTags) {
    String outcome = attemptTags.error().isEmpty() ? "delivered" : "failed";
    return new AttemptMeters(
        registry.counter(
            "webhooks.attempts",
            "outcome",
            outcome,
            "error",
            attemptTags.error(),
            "trigger",
            attemptTags.trigger().wireName()),
        deliveryCounter(attemptTags.status(), attemptTags.error()),
        Timer.builder("webhooks.attempt.duration")
            .description("From the start of an attempt to its end")
            .tag("outcome", outcome)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry));
  }

  private Counter deliveryCounter(DeliveryStatus status, String error) {
    return registry.counter("webhooks.deliveries", "status", status.wireName(), "error", error);
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped skippedDeliveries) {
    skipped.increment(skippedDeliveries.count());
  }

  @Override
  public void close() {
    gcMetrics.close();
    registry.close();
  }

  private void gauge(
      String name,
      String description,
      Supplier<EngineStats> stats,
      ToDoubleFunction<EngineStats> value) {
    // By a supplier, which is kept: an object that a gauge is about is held weakly.
    Gauge.builder(name, () -> value.applyAsDouble(stats.get()))
        .description(description)
        .register(registry);
  }

  private static double ageSeconds(EngineStats stats, Instant now) {
    Instant due = stats.oldestUnownedDue();
    return due == null || due.isAfter(now) ? 0 : Duration.between(due, now).toMillis() / 1000.0;
  }
}
