package com.poolbrain.webhooks.server.ops;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Pulse;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Skipped;
import com.poolbrain.webhooks.engine.Watch;
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
public final class Metrics implements Watch, AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Counter opened = registry.counter("webhooks.deliveries.opened");
  private final Counter skipped = deliveries(DeliveryStatus.SKIPPED, "");
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Map<Kind, Meters> meters = new ConcurrentHashMap<>();

  /// What attempts are told apart by.
  private record Kind(String error, Trigger trigger, DeliveryStatus status) {}

  /// Where attempts of one kind are counted; looking meters up by their tags takes longer.
  private record Meters(Counter attempts, Counter deliveries, Timer duration) {}

  /// Metrics of the process; those of the engine follow with [#watch].
  public Metrics() {
    garbage.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// Shows what the engine is busy with.
  ///
  /// @param clock what the age of due deliveries is told by
  public void watch(Supplier<Pulse> pulse, InstantSource clock) {
    gauge("webhooks.backlog", "Deliveries that wait in this node's lanes", pulse, Pulse::waiting);
    gauge(
        "webhooks.backlog.bytes",
        "Bytes of the deliveries that wait in this node's lanes",
        pulse,
        Pulse::bytes);
    gauge("webhooks.in.flight", "Attempts that run", pulse, Pulse::inFlight);
    gauge(
        "webhooks.unsettled",
        "Attempts that run or whose result is not durable yet",
        pulse,
        Pulse::unsettled);
    gauge("webhooks.nodes", "Nodes with a lease", pulse, Pulse::liveNodes);
    gauge(
        "webhooks.lease.fresh",
        "1 if attempts may start, 0 if the last renewal is too old",
        pulse,
        now -> now.fresh() ? 1 : 0);
    gauge(
        "webhooks.oldest.due.age.seconds",
        "How long the longest waiting delivery without an owner has been due",
        pulse,
        now -> age(now, clock.instant()));
  }

  /// Shows a number that somebody else knows.
  public void show(String name, String about, Supplier<Number> number) {
    Gauge.builder(name, number).description(about).register(registry);
  }

  /// The text that Prometheus reads.
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void accepted(List<Receipt> receipts) {
    for (Receipt receipt : receipts) {
      accepted
          .computeIfAbsent(receipt.event(), this::acceptedCounter)
          .increment(receipt.ids().size());
      opened.increment(receipt.deliveries());
      skipped.increment(receipt.skipped());
    }
  }

  private Counter acceptedCounter(String event) {
    return registry.counter("webhooks.events.accepted", "event", event);
  }

  @Override
  public void attempted(AttemptFinished finished) {
    String error =
        switch (finished.attempt().outcome()) {
          case Outcome.Delivered _ -> "";
          case Outcome.Failed failed -> failed.error().word();
        };
    var kind = new Kind(error, finished.attempt().trigger(), finished.settled().status());
    Meters of = meters.computeIfAbsent(kind, this::meters);
    of.attempts().increment();
    of.deliveries().increment();
    of.duration().record(finished.attempt().duration());
  }

  private Meters meters(Kind kind) {
    String outcome = kind.error().isEmpty() ? "delivered" : "failed";
    return new Meters(
        registry.counter(
            "webhooks.attempts",
            "outcome",
            outcome,
            "error",
            kind.error(),
            "trigger",
            kind.trigger().word()),
        deliveries(kind.status(), kind.error()),
        Timer.builder("webhooks.attempt.duration")
            .description("From the start of an attempt to its end")
            .tag("outcome", outcome)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry));
  }

  private Counter deliveries(DeliveryStatus status, String error) {
    return registry.counter("webhooks.deliveries", "status", status.word(), "error", error);
  }

  @Override
  public void skipped(Skipped ended) {
    skipped.increment(ended.count());
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }

  private void gauge(
      String name, String about, Supplier<Pulse> pulse, ToDoubleFunction<Pulse> number) {
    // By a supplier, which is kept: an object that a gauge is about is held weakly.
    Gauge.builder(name, () -> number.applyAsDouble(pulse.get()))
        .description(about)
        .register(registry);
  }

  private static double age(Pulse pulse, Instant now) {
    Instant due = pulse.oldestDue();
    return due == null || due.isAfter(now) ? 0 : Duration.between(due, now).toMillis() / 1000.0;
  }
}
