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

/// Endpoints that hang beside one that works.
class HangingEndpointIsolationTest {

  private static final int HANGING_ENDPOINTS = 4;
  private static final int EVENTS = 60;

  @Test
  void hanging_endpoints_do_not_delay_another_endpoint() {
    try (RunningService service = RunningService.start("WEBHOOKS_MAX_IN_FLIGHT", "16");
        HttpsReceiver hangingConsumer =
            HttpsReceiver.scripted(new EndpointBehavior.NeverResponds());
        HttpsReceiver workingConsumer = HttpsReceiver.accepting()) {
      List<TestEndpoint> hangingEndpoints = new ArrayList<>();
      for (int i = 0; i < HANGING_ENDPOINTS; i++) {
        hangingEndpoints.add(
            service.createCompany().subscribe(hangingConsumer.url(), "customer.created"));
      }
      TestEndpoint workingEndpoint =
          service.createCompany().subscribe(workingConsumer.url(), "customer.created");
      hangingEndpoints.forEach(endpoint -> publish(endpoint.company()));
      Await.until("all hang", hangingConsumer::webhookCount, count -> count >= HANGING_ENDPOINTS);

      publish(workingEndpoint.company());
      workingEndpoint.awaitDeliveries(EVENTS, "delivered");

      assertThat(workingConsumer.webhookCount()).isEqualTo(EVENTS);
      for (TestEndpoint endpoint : hangingEndpoints) {
        assertThat(endpoint.company().listDeliveries("status=delivered")).isEmpty();
        assertThat(endpoint.company().listDeliveries("status=retrying"))
            .as("their attempts still run")
            .isEmpty();
      }
    }
  }

  /// All in one request: who hangs is given up after half a minute, and all is to be over by then.
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
