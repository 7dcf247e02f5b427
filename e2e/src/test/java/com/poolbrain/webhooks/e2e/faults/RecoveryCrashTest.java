package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.AnsweringReceiver;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/// The service is killed in the middle of a job that delivers, and started again, or another node
/// goes on. The receiver accepts each delivery of the job, and only those in flight twice.
class RecoveryCrashTest {

  private static final String TYPE = "job.one_time.created";
  private static final int DELIVERIES = 1_000;

  /// Two seconds of deliveries.
  private static final int RATE_PER_SECOND = 500;

  private static final int ACCEPTED_AT_KILL = 200;

  /// Then the receiver answers no more, and few deliveries of the job may wait. So the job can't
  /// end before the kill, however slow the machine is.
  private static final int ANSWERED_BEFORE_KILL = 400;

  @AutoClose private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();

  @AutoClose private final AnsweringReceiver receiver = new AnsweringReceiver();
  private final AdminSql sql = new AdminSql(database.settings());

  /// The lease is short, but longer than a busy machine stalls.
  private final ServiceEnvironment environment =
      RunningService.environmentOn(database.settings())
          .with("WEBHOOKS_LEASE", "5s")
          .with("WEBHOOKS_RETRY_SCHEDULE", "10ms")
          .withFewInFlight();

  @Test
  void killed_service_completes_a_recovery_after_its_restart(TestReporter report) {
    try (ServiceProcess service = ServiceProcess.serve(environment);
        ServiceClient api = service.api()) {
      String job = start("recover", endpointWithFailedDeliveries(api));
      Set<String> inFlight = killInTheMiddle(service, job);
      try (RunningService restarted = RunningService.start(environment)) {
        assertThatAllArrive(restarted.api(), job, inFlight, report);
      }
    }
  }

  @Test
  void killed_service_completes_a_replay_after_its_restart(TestReporter report) {
    try (ServiceProcess service = ServiceProcess.serve(environment);
        ServiceClient api = service.api()) {
      String job = start("replay-missing", endpointWithMissingDeliveries(api));
      Set<String> inFlight = killInTheMiddle(service, job);
      try (RunningService restarted = RunningService.start(environment)) {
        assertThatAllArrive(restarted.api(), job, inFlight, report);
      }
    }
  }

  @Test
  void other_node_completes_the_recovery_of_a_killed_node(TestReporter report) {
    try (ServiceProcess service = ServiceProcess.serve(environment);
        ServiceClient api = service.api()) {
      TestEndpoint endpoint = endpointWithFailedDeliveries(api);
      String job = start("recover", endpoint);
      Await.until("the node runs the job", receiver::acceptedIds, ids -> !ids.isEmpty());
      try (RunningService otherNode = RunningService.start(environment)) {
        assertThat(sql.queryNumber("select count(*) from node")).isEqualTo(2);
        Set<String> inFlight = killInTheMiddle(service, job);
        assertThatAllArrive(otherNode.api(), job, inFlight, report);
      }
    }
  }

  private TestEndpoint endpointWithFailedDeliveries(ServiceClient api) {
    receiver.refuseAll();
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(receiver.url(), TYPE);
    publish(company, DELIVERIES);
    awaitCount(company, "permanently_failed", DELIVERIES);
    return endpoint;
  }

  /// Half of the events are older than the endpoint, the others were skipped.
  private TestEndpoint endpointWithMissingDeliveries(ServiceClient api) {
    TestCompany company = TestCompany.create(api);
    publish(company, DELIVERIES / 2);
    TestEndpoint endpoint = company.subscribe(receiver.url(), TYPE);
    company.setWebhooksEnabled(false);
    publish(company, DELIVERIES / 2);
    awaitCount(company, "skipped", DELIVERIES / 2);
    company.setWebhooksEnabled(true);
    return endpoint;
  }

  private static void publish(TestCompany company, int events) {
    company.publish(TYPE, Collections.nCopies(events, "{\"jobNumber\": \"JOB-1\"}").toString());
  }

  private void awaitCount(TestCompany company, String status, int count) {
    String query =
        "select count(*) from delivery where company_id = %d and status = '%s'"
            .formatted(company.id(), status);
    Await.until(
        count + " deliveries are " + status, () -> sql.queryNumber(query), found -> found == count);
  }

  /// Starts a job, and returns its id.
  private String start(String kind, TestEndpoint endpoint) {
    receiver.acceptUpTo(ANSWERED_BEFORE_KILL);
    return endpoint
        .company()
        .api()
        .post(
            endpoint.path() + "/" + kind,
            "{\"since\": \"%s\", \"rate_per_second\": %d}"
                .formatted(Instant.now().minus(Duration.ofHours(1)), RATE_PER_SECOND))
        .expect(202)
        .path("job_id")
        .asString();
  }

  /// Kills the service when the receiver has accepted some deliveries of its job.
  ///
  /// @return the deliveries that the receiver has accepted, and whose result was not recorded
  private Set<String> killInTheMiddle(ServiceProcess service, String job) {
    Await.until(
        "some deliveries have arrived", () -> receiver.acceptedIds().size() >= ACCEPTED_AT_KILL);
    service.kill();
    Set<String> inFlight = new TreeSet<>(receiver.acceptedIds());
    sql.queryStrings("select id from delivery where status = 'delivered'")
        .forEach(inFlight::remove);
    assertThat(sql.queryNumber("select done from job where id = '%s'".formatted(job)))
        .as("deliveries that the killed job had made")
        .isBetween((long) ACCEPTED_AT_KILL, DELIVERIES - 1L);
    receiver.acceptAll();
    return inFlight;
  }

  private void assertThatAllArrive(
      ServiceClient api, String job, Set<String> inFlight, TestReporter report) {
    JsonNode done =
        Await.until(
            "the job is done",
            () -> api.get("/jobs/" + job).expect(200),
            found -> found.path("status").asString().equals("done"));
    Await.until(
        "all deliveries are recorded as delivered",
        () -> sql.queryNumber("select count(*) from delivery where status = 'delivered'"),
        count -> count == DELIVERIES);

    List<String> posts = receiver.acceptedIds();
    Set<String> posted = new TreeSet<>();
    List<String> repeated = posts.stream().filter(id -> !posted.add(id)).toList();
    report.publishEntry(
        "count", "%d in flight, %d sent again".formatted(inFlight.size(), repeated.size()));
    assertThat(done.path("done").asInt()).isEqualTo(DELIVERIES);
    assertThat(posted).hasSize(DELIVERIES);
    assertThat(repeated).isSubsetOf(inFlight).doesNotHaveDuplicates();
    assertThat(inFlight).hasSizeLessThanOrEqualTo(ServiceEnvironment.MAX_UNRECORDED_RESULTS);
    assertThat(sql.queryNumber("select count(*) from open_delivery")).isZero();
  }
}
