package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Statistics of endpoints and companies over HTTP.
@Tag("slow")
class StatisticsApiTest extends CompanyWithReceiverFixture {

  private static final List<String> WINDOWS = List.of("1h", "24h", "7d", "30d");

  StatisticsApiTest(ServiceClient api) {
    super(api);
  }

  /// What a part of the log adds up to, or the buckets of statistics.
  private record Sums(
      Map<String, Long> counts, Map<String, Long> byResult, Map<String, Long> byEvent) {

    static Sums ofLog(TestCompany company, String... parameters) {
      Map<String, Long> counts = new TreeMap<>();
      Map<String, Long> byResult = new TreeMap<>();
      Map<String, Long> byEvent = new TreeMap<>();
      for (JsonNode listed : company.listDeliveries(parameters)) {
        if (listed.path("test").asBoolean(false)) {
          continue;
        }
        JsonNode delivery = company.getDelivery(listed.path("id").asString());
        String status = delivery.path("status").asString();
        boolean isDelivered = status.equals("delivered");
        add(counts, status, 1);
        add(byEvent, delivery.path("event").asString(), 1);
        if (isDelivered) {
          add(counts, "items", delivery.path("items").asLong());
          add(counts, "after_retry", delivery.path("attempt_count").asInt() > 1 ? 1 : 0);
        }
        for (JsonNode attempt : delivery.path("attempts")) {
          JsonNode code = attempt.path("status_code");
          add(
              byResult,
              code.isMissingNode() ? attempt.path("error").asString() : code.asString(),
              1);
          add(counts, "failed_attempts", attempt.has("error") ? 1 : 0);
        }
      }
      return new Sums(counts, byResult, byEvent);
    }

    static Sums ofStatistics(JsonNode statistics) {
      Map<String, Long> counts = new TreeMap<>();
      for (JsonNode bucket : statistics.path("buckets")) {
        bucket.properties().stream()
            .filter(field -> field.getValue().isIntegralNumber())
            .forEach(field -> add(counts, field.getKey(), field.getValue().asLong()));
      }
      return new Sums(
          counts, longs(statistics.path("by_result")), longs(statistics.path("by_event")));
    }

    private static Map<String, Long> longs(JsonNode object) {
      Map<String, Long> longs = new TreeMap<>();
      object.properties().forEach(field -> longs.put(field.getKey(), field.getValue().asLong()));
      return longs;
    }

    private static void add(Map<String, Long> sums, String key, long count) {
      if (count != 0) {
        sums.merge(key, count, Long::sum);
      }
    }
  }

  private JsonNode statistics(String path, String window) {
    return api.get(path + "/stats?window=" + window).expect(200);
  }

  /// Nodes write their counts every few seconds.
  private void awaitEqualToLog(String path, Sums log) {
    for (String window : WINDOWS) {
      Await.until(
          "the statistics of %s equal the log: %s".formatted(window, log),
          () -> Sums.ofStatistics(statistics(path, window)),
          log::equals);
    }
  }

  @Test
  void sums_equal_the_log_whatever_became_of_the_deliveries() {
    TestEndpoint customers = company.subscribe(receiver.url("/c"), "customer.created");
    TestEndpoint jobs = company.subscribe(receiver.url("/j"), "job.Deleted");
    publishCustomer(1);
    String customer = "{\"customerId\": 2, \"displayName\": \"Ann\"}";
    publish("customer.created", "[%1$s, %1$s, %1$s]".formatted(customer));
    publish("job.one_time.deleted", "{\"jobNumber\": \"J-9\", \"jobTitle\": \"x\"}");
    awaitDeliveries(3, "status=delivered");
    receiver.respondWith(503);
    publishCustomer(5);
    publishCustomer(6);
    List<JsonNode> retrying = awaitDeliveries(2, "status=retrying");
    String repaired = retrying.getFirst().path("id").asString();
    String cancelled = retrying.getLast().path("id").asString();
    api.post(company.path() + "/deliveries/" + cancelled + "/cancel", "").expect(200);
    receiver.respondWith(200);
    customers.redeliver(repaired).expect(202);
    company.awaitDelivery(repaired, "delivered");
    company.setWebhooksEnabled(false);
    publishCustomer(7);
    publishCustomer(8);
    List<JsonNode> off = awaitDeliveries(3, "status=skipped");
    company.setWebhooksEnabled(true);
    receiver.respondWith(500);
    String failed = off.getFirst().path("id").asString();
    customers.redeliver(failed).expect(202);
    company.awaitDelivery(failed, "permanently_failed");
    api.post(customers.path() + "/test", "{}").expect(200);

    Sums all = Sums.ofLog(company);
    assertThat(all.counts())
        .isEqualTo(
            Map.of(
                "delivered", 4L,
                "after_retry", 1L,
                "failed_attempts", 3L,
                "permanently_failed", 1L,
                "skipped", 2L,
                "items", 6L));
    assertThat(all.byResult()).isEqualTo(Map.of("200", 4L, "500", 1L, "503", 2L));
    assertThat(all.byEvent()).isEqualTo(Map.of("customer.created", 6L, "job.Deleted", 1L));
    awaitEqualToLog(company.path(), all);
    awaitEqualToLog(customers.path(), Sums.ofLog(company, "endpoint_id=" + customers.id()));
    awaitEqualToLog(jobs.path(), Sums.ofLog(company, "endpoint_id=" + jobs.id()));
    JsonNode times = statistics(company.path(), "1h").path("response_time_ms");
    assertThat(times.path("p50").asDouble()).isPositive();
    assertThat(times.path("p95").asDouble()).isGreaterThanOrEqualTo(times.path("p50").asDouble());
    assertThat(times.path("p99").asDouble()).isGreaterThanOrEqualTo(times.path("p95").asDouble());

    api.delete(jobs.path()).expectNoContent();
    assertThat(api.get(jobs.path() + "/stats").status()).isEqualTo(404);
    awaitEqualToLog(company.path(), all);
  }

  @ParameterizedTest
  @CsvSource({"1h, 12, PT5M", "24h, 24, PT1H", "7d, 168, PT1H", "30d, 30, PT24H"})
  void window_is_cut_into_equal_buckets_up_to_now(String window, int buckets, Duration length) {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    Instant before = Instant.now();
    for (String path : List.of(company.path(), endpoint.path())) {
      JsonNode shown = statistics(path, window);
      Instant from = Instant.parse(shown.path("from").asString());
      Instant to = Instant.parse(shown.path("to").asString());
      assertThat(shown.path("window").asString()).isEqualTo(window);
      assertThat(to).isAfter(before).isBefore(Instant.now().plus(length).plusSeconds(1));
      assertThat(to).isEqualTo(from.plus(length.multipliedBy(buckets)));
      assertThat(from.toEpochMilli() % length.toMillis()).isZero();
      List<Instant> starts =
          StreamSupport.stream(shown.path("buckets").spliterator(), false)
              .map(bucket -> Instant.parse(bucket.path("start").asString()))
              .toList();
      assertThat(starts).hasSize(buckets).startsWith(from).endsWith(to.minus(length));
      assertThat(starts).isSorted().doesNotHaveDuplicates();
      assertThat(shown.path("response_time_ms").isEmpty()).as("nothing was sent").isTrue();
      assertThat(shown.path("by_result").isEmpty()).isTrue();
      assertThat(Sums.ofStatistics(shown).counts()).isEmpty();
    }
  }

  @Test
  void window_is_a_day_by_default() {
    JsonNode shown = api.get(company.path() + "/stats").expect(200);
    assertThat(shown.path("window").asString()).isEqualTo("24h");
    assertThat(shown.path("buckets")).hasSize(24);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "window=2h, 'Give one of 1h, 24h, 7d, 30d'",
    "window=24, Did you mean '24h'?",
    "window=, Has no value; give one",
    "windw=1h, Did you mean 'window'?",
    "from=2026-02-13T06:42:24Z, There is no such parameter here",
  })
  void invalid_parameter_is_rejected(String query, String expectedText) {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    for (String path : List.of(company.path(), endpoint.path())) {
      ApiResponse refused = api.get(path + "/stats?" + query);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.detail()).contains(expectedText);
    }
  }

  @Test
  void statistics_are_those_of_the_callers_company() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    publishCustomer(1);
    awaitDeliveries(1, "status=delivered");
    awaitEqualToLog(company.path(), Sums.ofLog(company));
    TestCompany other = TestCompany.create(api);
    ServiceClient reader = clientOf(other, "read");

    assertThat(Sums.ofStatistics(reader.get(other.path() + "/stats").expect(200)).counts())
        .isEmpty();
    assertThat(reader.get(company.path() + "/stats").status()).isEqualTo(404);
    assertThat(reader.get(endpoint.path() + "/stats").status()).isEqualTo(404);
    String foreign = other.path() + "/endpoints/" + endpoint.id() + "/stats";
    assertThat(reader.get(foreign).status()).isEqualTo(404);
    assertThat(api.get(foreign).status()).isEqualTo(404);
    assertThat(api.get("/companies/9999999/stats").status()).isEqualTo(404);
    assertThat(clientOf(company, "publish").get(company.path() + "/stats").status()).isEqualTo(403);
    assertThat(clientOf(company, "read").get(endpoint.path() + "/stats").status()).isEqualTo(200);
  }
}
