package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Api;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.ServiceProcess;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.Traffic;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The service is told to end (SIGTERM) in the middle of its work.
class ShutdownTest {

  private static final int EVENTS = 3_000;
  private static final int MIDDLE = 300;

  /// Generous: what it promises is 15 s.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int ENDED_BY_SIGTERM = 143;

  private final TestDatabase database = TestServer.EMBEDDED_18.fresh();
  private final Setup setup = Setup.on(database.settings());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void underLoadNothingIsLostAndNothingComesTwice(TestReporter report) throws Exception {
    AtomicReference<URI> where = new AtomicReference<>();
    try (ServiceProcess first = ServiceProcess.start(setup);
        Api api = first.api();
        Traffic traffic = Traffic.through(api, where::get)) {
      where.set(first.url());
      traffic.publish(EVENTS);
      traffic.awaitArrivals(MIDDLE);

      end(first, report);
      where.set(null);

      try (ServiceProcess second = ServiceProcess.start(setup);
          Api again = second.api()) {
        where.set(second.url());
        traffic.assertThatNothingIsLost(0, report);
        traffic.assertThatAllIsOnRecord(again);
      }
    }
  }

  @Test
  void anAttemptThatRunsIsFinishedAndRecorded(TestReporter report) throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    try (ServiceProcess first = ServiceProcess.start(setup);
        Api api = first.api();
        Consumer consumer = thatAnswersBehind(gate)) {
      Endpoint endpoint = Company.signUp(api).subscribe(consumer.url(), "customer.created");
      endpoint.company().customerCreated(1);
      consumer.next();

      first.terminate();
      Patience.until("it takes nothing more", () -> isRefused(api), refused -> refused);
      gate.complete(null);
      end(first, report);

      try (ServiceProcess second = ServiceProcess.start(setup);
          Api again = second.api()) {
        Endpoint same = through(endpoint, again);
        assertThat(same.onlyDelivery("delivered").path("attempts").size()).isEqualTo(1);
        assertThat(consumer.count()).isEqualTo(1);
      }
    }
  }

  @Test
  void attemptsThatTakeLongerThanItMayWaitAreMadeAgain(TestReporter report) throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    int events = 5;
    try (ServiceProcess first = ServiceProcess.start(setup);
        Api api = first.api();
        Consumer consumer = thatAnswersBehind(gate)) {
      Endpoint endpoint = Company.signUp(api).subscribe(consumer.url(), "customer.created");
      for (int customer = 0; customer < events; customer++) {
        endpoint.company().customerCreated(customer);
      }
      Patience.until("attempts are under way", consumer::count, count -> count >= 2);

      end(first, report);
      int underWay = consumer.count();
      gate.complete(null);

      try (ServiceProcess second = ServiceProcess.start(setup);
          Api again = second.api()) {
        through(endpoint, again).deliveries(events, "delivered");
        assertThat(consumer.count()).isLessThanOrEqualTo(events + underWay);
        report.publishEntry("duplicates", "" + (consumer.count() - events));
      }
    }
  }

  private static void end(ServiceProcess process, TestReporter report) throws InterruptedException {
    long began = System.nanoTime();
    process.terminate();
    int code = process.exitCode();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    report.publishEntry("ended", "with code %d after %d ms".formatted(code, took.toMillis()));
    assertThat(code).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(took).isLessThan(LIMIT);
  }

  private static boolean isRefused(Api api) {
    try {
      return api.outside("/health/ready").status() != 200;
    } catch (UncheckedIOException noAnswer) {
      return true;
    }
  }

  private static Endpoint through(Endpoint endpoint, Api api) {
    return new Endpoint(endpoint.company().through(api), endpoint.id(), endpoint.secret());
  }

  private static Consumer thatAnswersBehind(CompletableFuture<Void> gate) {
    return Consumer.of(visit -> {
      while (true) {
        visit.request();
        gate.join();
        visit.answer(200, "thank you");
      }
    });
  }
}
