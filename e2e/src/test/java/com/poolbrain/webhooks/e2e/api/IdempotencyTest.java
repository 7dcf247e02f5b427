package com.poolbrain.webhooks.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Publishes repeated with the same idempotency key.
class IdempotencyTest {

  private static final int CONCURRENT_PUBLISHES = 32;

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start();
  }

  @Test
  void repeated_key_returns_the_first_response_and_creates_no_event() {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");

      ApiResponse first = publish(company, 1, "import-1");
      ApiResponse second = publish(company, 1, "import-1");

      assertThat(second.expect(202)).isEqualTo(first.expect(202));
      endpoint.awaitOnlyDelivery("delivered");
      assertThatOnlyTheseArrived(receiver, endpoint, first);
    }
  }

  @Test
  void same_key_with_other_content_is_a_conflict() {
    TestCompany company = service.createCompany();
    publish(company, 1, "import-2").expect(202);

    ApiResponse other = publish(company, 2, "import-2");

    assertThat(other.expect(409).path("status").intValue()).isEqualTo(409);
    assertThat(other.header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void keys_in_the_body_are_scoped_to_the_company() {
    TestCompany blue = service.createCompany();
    TestCompany green = service.createCompany();

    ApiResponse first = service.api().publish(eventWithKey(blue, 1, "k"));
    ApiResponse repeated = service.api().publish(eventWithKey(blue, 1, "k"));
    ApiResponse otherCompanyResponse = service.api().publish(eventWithKey(green, 1, "k"));
    ApiResponse conflict = service.api().publish(eventWithKey(blue, 2, "k"));

    assertThat(repeated.expect(202)).isEqualTo(first.expect(202));
    assertThat(otherCompanyResponse.expect(202)).isNotEqualTo(first.expect(202));
    assertThat(conflict.expect(409).path("errors").path(0).path("pointer").stringValue())
        .isEqualTo("/idempotency_key");
  }

  @Test
  void array_returns_first_responses_for_known_keys_and_accepts_the_rest() {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      ApiResponse first = service.api().publish(eventWithKey(company, 1, "one"));

      ApiResponse both =
          service
              .api()
              .publish(
                  "["
                      + eventWithKey(company, 1, "one")
                      + ","
                      + eventWithKey(company, 2, "two")
                      + "]");

      assertThat(both.expect(202).path("events").path(0))
          .isEqualTo(first.expect(202).path("events").path(0));
      endpoint.awaitDeliveries(2, "delivered");
      assertThat(receiver.webhooks())
          .extracting(webhook -> webhook.envelope().path("data").path("customerId").intValue())
          .containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void concurrent_repeats_create_one_event() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting();
        ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      Callable<ApiResponse> publish = () -> publish(company, 1, "import-at-once");

      List<ApiResponse> responses = new ArrayList<>();
      for (Future<ApiResponse> response :
          publishers.invokeAll(Collections.nCopies(CONCURRENT_PUBLISHES, publish))) {
        responses.add(response.get());
      }

      assertThat(responses)
          .extracting(response -> response.expect(202))
          .containsOnly(responses.getFirst().json());
      endpoint.awaitOnlyDelivery("delivered");
      assertThatOnlyTheseArrived(receiver, endpoint, responses.getFirst());
    }
  }

  private static ApiResponse publish(TestCompany company, int customerId, String key) {
    return service
        .api()
        .publish(
            company.eventJson("customer.created", customerData(customerId)),
            "Idempotency-Key",
            key);
  }

  private static String eventWithKey(TestCompany company, int customerId, String key) {
    return """
    {"company_id": %d, "event": "customer.created", "data": %s, "idempotency_key": "%s"}\
    """
        .formatted(company.id(), customerData(customerId), key);
  }

  private static String customerData(int customerId) {
    return "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(customerId);
  }

  /// Nothing more was sent: a later event has arrived.
  private static void assertThatOnlyTheseArrived(
      HttpsReceiver receiver, TestEndpoint endpoint, ApiResponse accepted) {
    String later = endpoint.company().publishCustomerCreated(99);
    endpoint.awaitDeliveries(2, "delivered");
    assertThat(receiver.webhooks())
        .extracting(ReceivedRequest::eventId)
        .containsExactlyInAnyOrder(
            accepted.json().path("events").path(0).path("id").stringValue(), later);
  }
}
