package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Endpoints that hang beside one that works.
class NeighbourTest {

  private static final int HANGING = 4;
  private static final int EVENTS = 60;

  @Test
  void whoeverHangsIsWaitedForAloneWhileTheNeighbourGetsEverything() {
    try (House house = House.open("WEBHOOKS_MAX_IN_FLIGHT", "16");
        Consumer silent = Consumer.of(new Behaviour.StaysSilent());
        Consumer good = Consumer.thatAccepts()) {
      List<Endpoint> hanging = new ArrayList<>();
      for (int i = 0; i < HANGING; i++) {
        hanging.add(house.newCompany().subscribe(silent.url(), "customer.created"));
      }
      Endpoint neighbour = house.newCompany().subscribe(good.url(), "customer.created");
      hanging.forEach(endpoint -> publish(endpoint.company()));
      Patience.until("all hang", silent::count, count -> count >= HANGING);

      publish(neighbour.company());
      neighbour.deliveries(EVENTS, "delivered");

      assertThat(good.count()).isEqualTo(EVENTS);
      for (Endpoint endpoint : hanging) {
        assertThat(endpoint.company().deliveries("status=delivered")).isEmpty();
        assertThat(endpoint.company().deliveries("status=retrying"))
            .as("their attempts still run")
            .isEmpty();
      }
    }
  }

  /// All in one request: who hangs is given up after half a minute, and all is to be over by then.
  private static void publish(Company company) {
    String customer =
        company.event("customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}");
    company
        .api()
        .publish("[" + String.join(",", Collections.nCopies(EVENTS, customer)) + "]")
        .expect(202);
  }
}
