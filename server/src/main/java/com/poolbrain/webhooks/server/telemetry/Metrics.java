package com.poolbrain.webhooks.server.telemetry;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Metrics of this node in the Prometheus format.
public final class Metrics implements EngineListener, AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();

  /// Held here: function counters hold them weakly.
  private final List<Supplier<Number>> suppliers = new CopyOnWriteArrayList<>();

  private final Counter deliveriesOpened =
      counter("webhooks.deliveries.opened", "Deliveries created with the accepted events");
  private final Counter deliveriesSkipped = deliveryCounter(DeliveryStatus.SKIPPED, "");
  private final Map<String, Counter> acceptedByEvent = new ConcurrentHashMap<>();
  private final Map<AttemptTags, AttemptMeters> metersByTags = new ConcurrentHashMap<>();

  /// Tags of the meters of an attempt.
  private record AttemptTags(String error, Trigger trigger, DeliveryStatus status) {}

  /// Meters of attempts with equal tags. Kept because a look-up by tags in the registry is slower.
  private record AttemptMeters(Counter attempts, Counter deliveries, Timer duration) {}

  /// Registers the metrics of the process; [#bindEngine] adds those of the engine.
  public Metrics() {
    gcMetrics.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// Registers gauges of the engine.
  ///
  /// @param clock time against which the age of due deliveries is measured
  public void bindEngine(Supplier<EngineStats> stats, InstantSource clock) {
    gauge("webhooks.backlog", "Deliveries in the queues of this node", stats, EngineStats::waiting);
    gauge(
        "webhooks.backlog.bytes",
        "Bytes of the deliveries in the queues of this node",
        stats,
        EngineStats::queuedBytes);
    gauge("webhooks.in.flight", "Running attempts", stats, EngineStats::inFlight);
    gauge(
        "webhooks.attempts.unrecorded",
        "Attempts that are running, or whose result is not committed yet",
        stats,
        EngineStats::unrecorded);
    gauge("webhooks.nodes", "Nodes with a valid lease", stats, EngineStats::liveNodes);
    gauge(
        "webhooks.lease.fresh",
        "1 if attempts may start, 0 if the last lease renewal is too old",
        stats,
        now -> now.isLeaseFresh() ? 1 : 0);
    gauge(
        "webhooks.oldest.due.age.seconds",
        "Age of the oldest due delivery that no node owns",
        stats,
        now -> ageSeconds(now, clock.instant()));
  }

  /// Registers a gauge that reads its value from a supplier.
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /// Registers a counter with one tag that reads its value from a supplier.
  public void counter(
      String name, String description, String tag, String tagValue, Supplier<Number> value) {
    FunctionCounter.builder(name, value, now -> now.get().doubleValue())
        .description(description)
        .tag(tag, tagValue)
        .register(registry);
    suppliers.add(value);
  }

  /// All metrics as Prometheus text.
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {
    for (Receipt receipt : receipts) {
      acceptedByEvent
          .computeIfAbsent(receipt.event(), this::acceptedCounter)
          .increment(receipt.ids().size());
      deliveriesOpened.increment(receipt.deliveries());
      deliveriesSkipped.increment(receipt.skipped());
    }
  }

  private Counter acceptedCounter(String event) {
    return counter("webhooks.events.accepted", "Events accepted", "event", event);
  }

  @Override
  public void onDeliveryRecorded(DeliveryRecorded event) {
    switch (event.result()) {
      case Sent sent -> countAttempt(sent.attempt(), event.recorded().status());
      case NotSent(_, Verdict.Skip _) -> deliveriesSkipped.increment();
      case NotSent _ -> {}
    }
  }

  private void countAttempt(Attempt attempt, DeliveryStatus status) {
    String error =
        switch (attempt.outcome()) {
          case Outcome.Delivered _ -> "";
          case Outcome.Failed failed -> failed.error().wireName();
        };
    AttemptMeters attemptMeters =
        metersByTags.computeIfAbsent(
            new AttemptTags(error, attempt.trigger(), status), this::createMeters);
    attemptMeters.attempts().increment();
    attemptMeters.deliveries().increment();
    attemptMeters.duration().record(attempt.duration());
  }

  private AttemptMeters createMeters(AttemptTags attemptTags) {
    String outcome = attemptTags.error().isEmpty() ? "delivered" : "failed";
    return new AttemptMeters(
        counter(
            "webhooks.attempts",
            "Attempts",
            "outcome",
            outcome,
            "error",
            attemptTags.error(),
            "trigger",
            attemptTags.trigger().wireName()),
        deliveryCounter(attemptTags.status(), attemptTags.error()),
        Timer.builder("webhooks.attempt.duration")
            .description("Duration of an attempt")
            .tag("outcome", outcome)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry));
  }

  private Counter deliveryCounter(DeliveryStatus status, String error) {
    return counter(
        "webhooks.deliveries",
        "Recorded results, by the status that the delivery then had",
        "status",
        status.wireName(),
        "error",
        error);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped skipped) {
    deliveriesSkipped.increment(skipped.count());
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
    // A supplier is held strongly; an object passed to Gauge.builder is held weakly.
    Gauge.builder(name, () -> value.applyAsDouble(stats.get()))
        .description(description)
        .register(registry);
  }

  private static double ageSeconds(EngineStats stats, Instant now) {
    Instant due = stats.oldestUnownedDue();
    return due == null || due.isAfter(now) ? 0 : Duration.between(due, now).toMillis() / 1000.0;
  }
}
