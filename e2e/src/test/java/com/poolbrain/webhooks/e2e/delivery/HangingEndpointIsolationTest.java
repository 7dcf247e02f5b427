package com.poolbrain.webhooks.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Hanging endpoints beside a working one.
class HangingEndpointIsolationTest {

  private static final int HANGING_ENDPOINTS = 4;
  private static final int EVENTS = 60;

  @Test
  void hanging_endpoints_do_not_delay_another_endpoint() {
    try (RunningService service = RunningService.start("WEBHOOKS_MAX_IN_FLIGHT", "16");
        HttpsReceiver hangingReceiver =
            HttpsReceiver.scripted(new EndpointBehavior.NeverResponds());
        HttpsReceiver workingReceiver = HttpsReceiver.accepting()) {
      List<TestEndpoint> hangingEndpoints = new ArrayList<>();
      for (int i = 0; i < HANGING_ENDPOINTS; i++) {
        hangingEndpoints.add(
            service.createCompany().subscribe(hangingReceiver.url(), "customer.created"));
      }
      TestEndpoint workingEndpoint =
          service.createCompany().subscribe(workingReceiver.url(), "customer.created");
      hangingEndpoints.forEach(endpoint -> publish(endpoint.company()));
      Await.until(
          "all hanging endpoints have a webhook",
          hangingReceiver::webhookCount,
          count -> count >= HANGING_ENDPOINTS);

      publish(workingEndpoint.company());
      workingEndpoint.awaitDeliveries(EVENTS, "delivered");

      assertThat(workingReceiver.webhookCount()).isEqualTo(EVENTS);
      for (TestEndpoint endpoint : hangingEndpoints) {
        assertThat(endpoint.company().listDeliveries("status=delivered")).isEmpty();
        assertThat(endpoint.company().listDeliveries("status=retrying"))
            .as("attempts to hanging endpoints")
            .isEmpty();
      }
    }
  }

  /// One request for all events: hanging attempts end after 30 s, and the test must end before.
  private static void publish(TestCompany company) {
    String customer =
        company.eventJson(
            "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}");
    company
        .api()
        .publish("[" + String.join(",", Collections.nCopies(EVENTS, customer)) + "]")
        .expect(202);
  }
}
