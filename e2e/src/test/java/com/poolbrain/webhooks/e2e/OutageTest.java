package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Publishers;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.DebianPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The database goes away during traffic and comes back.
class OutageTest {

  private static final int EVENTS = 600;
  private static final int MIDDLE = 100;
  private static final int ENOUGH_REFUSALS = 16;

  private final Path folder = TestFolders.fresh();

  @AfterEach
  void tidyUp() {
    TestFolders.delete(folder);
  }

  @Test
  void whileItIsStoppedPublishersGet503AndAfterwardsNothingIsLost() throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder);
        House house = House.open(Setup.on(postgres.settings()));
        Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      Publishers publishers = during(endpoint.company(), consumer);

      postgres.stop();
      assertThatPublishersAreRefused(publishers);
      Patience.until("it is not ready", () -> ready(house), status -> status == 503);
      assertThat(house.api().outside("/health/live").status()).isEqualTo(200);
      postgres.startAgain();

      assertThatNothingIsLost(publishers, endpoint, consumer);
      Patience.until("it is ready", () -> ready(house), status -> status == 200);
    }
  }

  @Test
  void whileItIsFrozenPublishersGet503AndAfterwardsNothingIsLost() throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder);
        House house = House.open(Setup.on(postgres.settings()));
        Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      Publishers publishers = during(endpoint.company(), consumer);

      signal("STOP");
      assertThatPublishersAreRefused(publishers);
      signal("CONT");

      assertThatNothingIsLost(publishers, endpoint, consumer);
    }
  }

  @Test
  void anEmbeddedOneThatIsKilledIsStartedAgain() throws Exception {
    try (House house = House.open(Setup.in(folder));
        Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      Publishers publishers = during(endpoint.company(), consumer);

      postmaster().destroyForcibly();

      assertThatNothingIsLost(publishers, endpoint, consumer);
    }
  }

  /// Publishers of which some have succeeded and some have still to.
  private static Publishers during(Company company, Consumer consumer) {
    Publishers publishers = Publishers.start(company, IntStream.range(0, EVENTS));
    Patience.until("some have arrived", consumer::count, count -> count >= MIDDLE);
    return publishers;
  }

  private static void assertThatPublishersAreRefused(Publishers publishers) {
    List<Answer> refusals =
        Patience.until(
            "publishers are refused",
            publishers::refusals,
            answers -> answers.size() >= ENOUGH_REFUSALS);
    for (Answer refusal : refusals) {
      assertThat(Integer.parseInt(refusal.header("Retry-After"))).isPositive();
      assertThat(refusal.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(refusal.json().path("detail").asString()).isNotBlank();
    }
  }

  private static void assertThatNothingIsLost(
      Publishers publishers, Endpoint endpoint, Consumer consumer) throws InterruptedException {
    publishers.join();
    assertThat(publishers.accepted()).hasSize(EVENTS);
    assertThat(publishers.unanswered()).isZero();
    endpoint.deliveries(EVENTS, "delivered");
    Map<Integer, Set<String>> arrived = new HashMap<>();
    for (Hook hook : consumer.hooks()) {
      arrived
          .computeIfAbsent(
              hook.envelope().path("data").path("customerId").intValue(), _ -> new HashSet<>())
          .add(hook.eventId());
    }
    publishers
        .accepted()
        .forEach((customer, event) -> assertThat(arrived.get(customer)).containsExactly(event));
  }

  private static int ready(House house) {
    return house.api().outside("/health/ready").status();
  }

  private void signal(String name) throws IOException, InterruptedException {
    ProcessHandle postmaster = postmaster();
    List<String> command =
        Stream.concat(
                Stream.of("kill", "-" + name),
                Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .map(process -> Long.toString(process.pid())))
            .toList();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private ProcessHandle postmaster() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path file =
          files
              .filter(path -> path.endsWith("postmaster.pid"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no postmaster in " + folder));
      long pid = Long.parseLong(Files.readAllLines(file).getFirst());
      return ProcessHandle.of(pid).orElseThrow();
    }
  }
}
