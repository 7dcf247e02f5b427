package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The service is terminated (SIGTERM) at work.
class GracefulShutdownTest {

  private static final int EVENTS = 3_000;
  private static final int EVENTS_BEFORE_SHUTDOWN = 300;

  /// More than the 15 s that the service promises.
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(60);

  private static final int SIGTERM_EXIT_CODE = 143;

  private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
  private final ServiceEnvironment environment = RunningService.environmentOn(database.settings());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shutdown_under_load_loses_nothing_and_sends_nothing_twice(TestReporter report)
      throws Exception {
    AtomicReference<URI> serviceUrl = new AtomicReference<>();
    try (ServiceProcess first = ServiceProcess.serve(environment);
        ServiceClient api = first.api();
        Traffic traffic = Traffic.against(api, serviceUrl::get)) {
      serviceUrl.set(first.url());
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS_BEFORE_SHUTDOWN);

      terminateAndAwait(first, report);
      serviceUrl.set(null);

      try (ServiceProcess second = ServiceProcess.serve(environment);
          ServiceClient secondApi = second.api()) {
        serviceUrl.set(second.url());
        traffic.assertThatNothingIsLost(0, report);
        traffic.assertThatAllIsRecorded(secondApi);
      }
    }
  }

  @Test
  void running_attempt_is_finished_and_recorded_at_shutdown(TestReporter report) throws Exception {
    CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
    try (ServiceProcess first = ServiceProcess.serve(environment);
        ServiceClient api = first.api();
        HttpsReceiver receiver = receiverAnsweringAfter(mayAnswer)) {
      TestEndpoint endpoint = TestCompany.create(api).subscribe(receiver.url(), "customer.created");
      endpoint.company().publishCustomerCreated(1);
      receiver.awaitNext();

      first.terminate();
      Await.until("the service refuses requests", () -> isRefused(api), refused -> refused);
      mayAnswer.complete(null);
      terminateAndAwait(first, report);

      try (ServiceProcess second = ServiceProcess.serve(environment);
          ServiceClient secondApi = second.api()) {
        TestEndpoint sameEndpoint = withApi(endpoint, secondApi);
        assertThat(sameEndpoint.awaitOnlyDelivery("delivered").path("attempts").size())
            .isEqualTo(1);
        assertThat(receiver.webhookCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void attempts_that_outlast_the_shutdown_timeout_are_repeated_after_restart(TestReporter report)
      throws Exception {
    CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
    int events = 5;
    try (ServiceProcess first = ServiceProcess.serve(environment);
        ServiceClient api = first.api();
        HttpsReceiver receiver = receiverAnsweringAfter(mayAnswer)) {
      TestEndpoint endpoint = TestCompany.create(api).subscribe(receiver.url(), "customer.created");
      for (int customer = 0; customer < events; customer++) {
        endpoint.company().publishCustomerCreated(customer);
      }
      Await.until("attempts are in flight", receiver::webhookCount, count -> count >= 2);

      terminateAndAwait(first, report);
      int inFlight = receiver.webhookCount();
      mayAnswer.complete(null);

      try (ServiceProcess second = ServiceProcess.serve(environment);
          ServiceClient secondApi = second.api()) {
        withApi(endpoint, secondApi).awaitDeliveries(events, "delivered");
        assertThat(receiver.webhookCount()).isLessThanOrEqualTo(events + inFlight);
        report.publishEntry("duplicates", "" + (receiver.webhookCount() - events));
      }
    }
  }

  private static void terminateAndAwait(ServiceProcess process, TestReporter report)
      throws InterruptedException {
    long start = System.nanoTime();
    process.terminate();
    int exitCode = process.awaitExitCode();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    report.publishEntry(
        "ended", "with code %d after %d ms".formatted(exitCode, elapsed.toMillis()));
    assertThat(exitCode).isEqualTo(SIGTERM_EXIT_CODE);
    assertThat(elapsed).isLessThan(SHUTDOWN_TIMEOUT);
  }

  private static boolean isRefused(ServiceClient api) {
    try {
      return api.getFromRoot("/health/ready").status() != 200;
    } catch (UncheckedIOException noAnswer) {
      return true;
    }
  }

  private static TestEndpoint withApi(TestEndpoint endpoint, ServiceClient api) {
    return new TestEndpoint(endpoint.company().withApi(api), endpoint.id(), endpoint.secret());
  }

  private static HttpsReceiver receiverAnsweringAfter(CompletableFuture<Void> mayAnswer) {
    return HttpsReceiver.scripted(connection -> {
      while (true) {
        connection.readRequest();
        mayAnswer.join();
        connection.respond(200, "thank you");
      }
    });
  }
}
