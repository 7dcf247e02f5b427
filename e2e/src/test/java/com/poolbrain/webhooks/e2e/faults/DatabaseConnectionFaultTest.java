package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.FaultyProxy;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connection faults between the service and its database at the worst moments.
class DatabaseConnectionFaultTest {

  private static final int EVENTS = 1_500;
  private static final int EVENTS_BEFORE_FAULT = 200;

  private TestDatabase database;
  private FaultyProxy proxy;
  private RunningService service;

  @BeforeEach
  void startService() {
    database = TestServer.EMBEDDED_18.createDatabase();
    proxy = FaultyProxy.to(database.settings());
    service =
        RunningService.start(RunningService.environmentOn(proxy.settings()).withFewInFlight());
  }

  @AfterEach
  void close() {
    service.close();
    proxy.close();
    database.close();
  }

  @Test
  void publish_with_a_lost_commit_response_is_503_and_its_repeat_creates_no_second_event()
      throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      proxy.dropResponseTo("Chris Bale");

      ApiResponse uncertainResponse = publish(endpoint.company());

      assertThat(proxy.hasInjectedFault()).isTrue();
      assertThat(uncertainResponse.expect(503).path("detail").asString())
          .contains("may have been stored", "idempotency key");
      assertThat(Integer.parseInt(uncertainResponse.header("Retry-After"))).isPositive();
      assertThat(countEvents(endpoint.company())).as("committed events").isEqualTo(1);
      assertRepeatsCreateOneEvent(endpoint, receiver);
    }
  }

  @Test
  void publish_that_never_reached_the_database_is_not_stored_and_its_repeat_is() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      proxy.truncateRequestContaining("Chris Bale");

      publish(endpoint.company()).expect(503);

      assertThat(proxy.hasInjectedFault()).isTrue();
      assertThat(countEvents(endpoint.company())).isZero();
      assertRepeatsCreateOneEvent(endpoint, receiver);
    }
  }

  @Test
  void result_with_a_lost_commit_response_is_recorded_once() {
    try (HttpsReceiver receiver =
        HttpsReceiver.scripted(new EndpointBehavior.Responds(200, "unheard of"))) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      proxy.dropResponseTo("unheard of");

      endpoint.company().publishCustomerCreated(1);
      Await.until("the response is dropped", proxy::hasInjectedFault, injected -> injected);

      assertThat(endpoint.awaitOnlyDelivery("delivered").path("attempts").size()).isEqualTo(1);
      assertNothingMoreWasReceived(receiver);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 8)
  void random_connection_faults_lose_nothing(long seed, TestReporter report) {
    try (Traffic traffic = Traffic.against(service)) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS_BEFORE_FAULT);
      proxy.startRandomFaults(seed);
      traffic.awaitRejections(EVENTS_BEFORE_FAULT / 10);
      proxy.stallOpenConnections();
      traffic.publish(EVENTS);
      traffic.awaitArrivals(2 * EVENTS_BEFORE_FAULT);
      proxy.stopRandomFaults();

      traffic.assertThatNothingIsLost(EVENTS, report);
      traffic.assertThatAllIsRecorded(service.api());
    }
  }

  private static ApiResponse publish(TestCompany company) {
    return company
        .api()
        .publish(
            company.eventJson(
                "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}"),
            "Idempotency-Key",
            "only-" + company.id());
  }

  private void assertRepeatsCreateOneEvent(TestEndpoint endpoint, HttpsReceiver receiver)
      throws InterruptedException {
    TestCompany company = endpoint.company();
    ApiResponse repeat =
        Await.until(
            "the repeated publish gets a response other than 503",
            () -> publish(company),
            response -> response.status() != 503);
    ApiResponse another = publish(company);

    assertThat(another.expect(202)).isEqualTo(repeat.expect(202));
    assertThat(countEvents(company)).isEqualTo(1);
    endpoint.awaitOnlyDelivery("delivered");
    assertThat(receiver.awaitNext().eventId())
        .isEqualTo(repeat.json().path("events").path(0).path("id").stringValue());
    assertNothingMoreWasReceived(receiver);
  }

  /// Nothing more was sent: a later event of another company has arrived.
  private void assertNothingMoreWasReceived(HttpsReceiver receiver) {
    try (HttpsReceiver barrierReceiver = HttpsReceiver.accepting()) {
      TestEndpoint barrierEndpoint =
          service.createCompany().subscribe(barrierReceiver.url(), "customer.created");
      barrierEndpoint.company().publishCustomerCreated(2);
      barrierEndpoint.awaitOnlyDelivery("delivered");
    }
    assertThat(receiver.webhookCount()).isEqualTo(1);
  }

  private long countEvents(TestCompany company) {
    return new AdminSql(database.settings())
        .queryNumber("select count(*) from event where company_id = " + company.id());
  }
}
