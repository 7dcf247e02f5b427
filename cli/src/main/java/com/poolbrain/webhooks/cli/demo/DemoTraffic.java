package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.SampleDataGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Goes on publishing after the script of the demo, an event every two seconds, so that the page
/// has something to show: `legacy` keeps failing, `billing` is degraded, and `reports` is paused.
final class DemoTraffic implements Service {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int MAX_MOVED_JOBS = 12;

  /// The events in turn. One in six fails for good, and one in six is delivered by a retry.
  private static final List<String> EVENTS =
      List.of(
          "job.one_time.deleted",
          "customer.status.updated",
          "customer.created",
          "job.one_time.schedule.changed",
          "customer.created",
          "technician.route.changed");

  private final ApiClient apiClient;
  private final EventPublisher publisher;
  private final DemoCompany company;
  private final Terminal terminal;
  private final SplittableRandom random = new SplittableRandom();
  private final SampleDataGenerator samples = new SampleDataGenerator(random.split());
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-traffic").factory());
  private int published;
  private boolean isFailing;

  /// @param apiClient is closed with the traffic
  DemoTraffic(ApiClient apiClient, DemoCompany company, Terminal terminal) {
    this.apiClient = apiClient;
    this.publisher = new EventPublisher(apiClient, DemoCompany.ID);
    this.company = company;
    this.terminal = terminal;
  }

  /// Creates the paused endpoint, and begins to publish.
  @Override
  public void start() {
    company.createEndpoint(Subscriber.REPORTS);
    company.pauseEndpoint(Subscriber.REPORTS);
    var _ =
        executor.scheduleWithFixedDelay(
            this::publishNext, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void publishNext() {
    String event = EVENTS.get(published++ % EVENTS.size());
    int items =
        event.equals("job.one_time.schedule.changed") ? 1 + random.nextInt(MAX_MOVED_JOBS) : 1;
    String data =
        samples.generate(
            EventCatalogue.builtIn().find(event).orElseThrow().type(), items, Map.of());
    try {
      publisher.publish(event, data);
      isFailing = false;
    } catch (CommandException e) {
      if (!isFailing && !executor.isShutdown()) {
        terminal.println("No event could be published; the demo goes on trying: " + e.getMessage());
      }
      isFailing = true;
    }
  }

  /// Publishes nothing more.
  @Override
  public void close() {
    executor.shutdownNow();
    apiClient.close();
    executor.close();
  }
}
