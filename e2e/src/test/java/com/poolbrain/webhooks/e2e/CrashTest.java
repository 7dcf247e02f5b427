package com.poolbrain.webhooks.e2e;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Api;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Publishers;
import com.poolbrain.webhooks.e2e.house.ServiceProcess;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.store.TestFolders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The service is killed in the middle of its work, and loses nothing of what it has promised.
class CrashTest {

  private static final int EVENTS = 2_000;
  private static final int MIDDLE = 500;

  private final Path folder = TestFolders.fresh();

  @AfterEach
  void tidyUp() {
    TestFolders.delete(folder);
  }

  @Test
  void everyEventThatGotA202ArrivesAlthoughTheServiceWasKilled(TestReporter report)
      throws Exception {
    Setup setup = Setup.in(folder);
    Map<Integer, String> accepted = new HashMap<>();
    try (Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint;
      Publishers before;
      try (ServiceProcess killed = ServiceProcess.start(setup);
          Api api = killed.api()) {
        endpoint = Company.signUp(api).subscribe(consumer.url(), "customer.created");
        before = Publishers.start(endpoint.company(), IntStream.range(0, EVENTS));
        Patience.until("some have arrived", consumer::count, count -> count >= MIDDLE);
        killed.kill();
        before.join();
        accepted.putAll(before.accepted());
        assertThat(accepted).as("it was killed in the middle").hasSizeBetween(1, EVENTS - 1);
      }
      try (ServiceProcess again = ServiceProcess.start(setup);
          Api api = again.api()) {
        Company company = endpoint.company().through(api);
        Publishers after = Publishers.start(company, before.left());
        after.join();
        accepted.putAll(after.accepted());
        assertThat(accepted).hasSize(EVENTS);

        new Endpoint(company, endpoint.id(), endpoint.secret()).deliveries(EVENTS, "delivered");
        assertThatEachArrived(consumer.hooks(), accepted);
        report.publishEntry("arrived twice", "" + (consumer.count() - EVENTS));
      }
    }
  }

  private static void assertThatEachArrived(List<Hook> hooks, Map<Integer, String> accepted) {
    Map<Integer, Set<String>> arrived = new HashMap<>();
    for (Hook hook : hooks) {
      arrived
          .computeIfAbsent(
              hook.envelope().path("data").path("customerId").intValue(), _ -> new HashSet<>())
          .add(hook.eventId());
    }
    accepted.forEach((customer, event) ->
        assertThat(arrived.get(customer)).as("customer %d", customer).containsExactly(event));
    assertThat(hooks.stream().collect(groupingBy(Hook::id)).values())
        .allSatisfy(
            same -> assertThat(same).extracting(Hook::text).containsOnly(same.getFirst().text()));
  }
}
