package com.poolbrain.webhooks.e2e.browser;

import com.poolbrain.webhooks.domain.statistics.ResponseTimeBuckets;
import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// A company whose pages have something to show: endpoints in each state of health, deliveries that
/// were delivered, that failed and that were skipped, and a day of statistics. The data are the
/// same in each run, but for times and ids.
///
/// ```java
/// try (SampleCompany sample = SampleCompany.create(SERVICE, database.settings())) {
///   PortalVisit.open(BROWSERS, options, sample.company(), "manager");
/// }
/// ```
final class SampleCompany implements AutoCloseable {

  /// Deliveries of the hours of a day, the last one first.
  private static final List<Integer> HOURS =
      List.of(
          80, 110, 116, 124, 132, 122, 97, 42, 18, 10, 8, 6, 8, 9, 11, 18, 28, 39, 62, 84, 92, 78,
          66);

  private static final List<String> CUSTOMERS =
      List.of("Chris Bale", "Ana Lima", "Mia Novak", "Sam Okoro", "Lee Chang", "Ida Berg");

  private final TestCompany company;
  private final HttpsReceiver crm = receiver(204);
  private final HttpsReceiver routes = receiver(503);
  private final TestEndpoint healthy;
  private final TestEndpoint failing;
  private final TestEndpoint paused;
  private final TestEndpoint fresh;

  private SampleCompany(TestCompany company) {
    this.company = company;
    healthy =
        create(crm, "CRM", "customer.created", "customer.status.updated", "job.one_time.created");
    failing = create(routes, "Route planner", "technician.route.changed", "customer.created");
    paused = create(crm, "Accounting", "job.one_time.deleted");
    fresh = create(crm, "", "customer.status.updated");
  }

  /// A receiver whose certificate is no reason for a notice.
  private static HttpsReceiver receiver(int status) {
    HttpsReceiver receiver =
        HttpsReceiver.withCertificate(HttpsReceiver.CA.issueFor(Duration.ofDays(90), "localhost"));
    receiver.respondWith(status);
    return receiver;
  }

  private TestEndpoint create(HttpsReceiver receiver, String description, String... events) {
    return company.createEndpoint(
        json(
            Map.of(
                "url",
                receiver.url("/webhooks/poolbrain").toString(),
                "events",
                List.of(events),
                "description",
                description)));
  }

  /// Creates the company, and waits until its pages show everything.
  ///
  /// @param finalStatus which deliveries to the failing endpoint get
  static SampleCompany create(
      RunningService service, DatabaseSettings database, String finalStatus) {
    TestCompany company = service.createCompany();
    service.api().put(company.path(), json(Map.of("name", "Clearwater Pool Service"))).expect(200);
    SampleCompany sample = new SampleCompany(company);
    sample.addStatistics(new AdminSql(database));
    sample.paused.patch("{\"paused\": true}");
    sample.publish();
    sample.healthy.awaitDeliveries(13, "delivered");
    sample.failing.awaitDeliveries(7, finalStatus);
    sample.paused.awaitDeliveries(1, "skipped");
    Await.until("the CRM is healthy", () -> sample.hasHealth(sample.healthy, "healthy"));
    Await.until("the route planner fails", () -> sample.hasHealth(sample.failing, "failing"));
    rename(sample.healthy, "https://api.tidewater-crm.example/webhooks/poolbrain");
    rename(sample.failing, "https://hooks.routewise.example/v2/inbound/9f2c41/poolbrain");
    rename(sample.paused, "https://ledger.example/in/poolbrain");
    rename(sample.fresh, "https://staging.tidewater-crm.example/webhooks/poolbrain");
    return sample;
  }

  private static void rename(TestEndpoint endpoint, String url) {
    endpoint.patch(json(Map.of("url", url)));
  }

  private boolean hasHealth(TestEndpoint endpoint, String health) {
    return company.api().get(endpoint.path()).expect(200).path("status").asString().equals(health);
  }

  private void publish() {
    for (int i = 0; i < CUSTOMERS.size(); i++) {
      company.publish("customer.created", json(customer(i)));
      company.publish("job.one_time.created", json(Map.of("jobNumber", "JOB-55" + (10 + i))));
    }
    List<Map<String, Object>> imported =
        IntStream.range(0, 12).mapToObj(SampleCompany::customer).toList();
    company.publish("customer.created", JsonMapper.shared().writeValueAsString(imported));
    company.publish(
        "job.one_time.deleted",
        json(Map.of("jobNumber", "JOB-5501", "jobTitle", "Repair the heater")));
  }

  private static Map<String, Object> customer(int number) {
    return Map.of(
        "customerId", 1_001 + number, "displayName", CUSTOMERS.get(number % CUSTOMERS.size()));
  }

  /// The statistics of a day, beside which those of the deliveries hardly count.
  private void addStatistics(AdminSql sql) {
    String hours = String.join(",", HOURS.stream().map(String::valueOf).toList());
    sql.execute(
        """
        insert into delivery_statistics (company_id, endpoint_id, slot, event_name, result, writer,
          attempts, failed_attempts, delivered, after_retry, permanently_failed, skipped, items,
          time_buckets, time_counts)
        select %d, '%s', date_trunc('hour', now()) - make_interval(hours => hour::integer - 1), event, result,
          '00000000-0000-0000-0000-000000000001', attempts, failed, delivered, retried, 0, 0,
          3 * delivered, buckets, counts
        from unnest(array[%s]) with ordinality as h (n, hour)
        cross join lateral (values
          ('customer.status.updated', '204', n, 0, n, 0, null::smallint[], null::integer[]),
          ('customer.created', '204', n / 4, 0, n / 4, n / 40, null, null),
          ('customer.created', '503', n / 40, n / 40, 0, 0, null, null),
          ('', '', 0, 0, 0, 0, array[%d, %d]::smallint[], array[9 * n, n])
        ) as rows (event, result, attempts, failed, delivered, retried, buckets, counts)
        """
            .formatted(
                company.id(),
                healthy.id(),
                hours,
                ResponseTimeBuckets.indexOf(Duration.ofMillis(86)),
                ResponseTimeBuckets.indexOf(Duration.ofMillis(262))));
  }

  private static String json(Map<String, ?> fields) {
    return JsonMapper.shared().writeValueAsString(fields);
  }

  TestCompany company() {
    return company;
  }

  TestEndpoint healthy() {
    return healthy;
  }

  TestEndpoint failing() {
    return failing;
  }

  TestEndpoint paused() {
    return paused;
  }

  /// The newest delivery to an endpoint.
  static String deliveryTo(TestEndpoint endpoint) {
    return endpoint.listDeliveries().getFirst().path("id").asString();
  }

  @Override
  public void close() {
    crm.close();
    routes.close();
  }
}
