package com.poolbrain.webhooks.store.recovery;

import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.COMPANY;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.HOUR;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.domain.job.LaterDeliveryId;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.erasure.CustomerErasure;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import com.poolbrain.webhooks.testkit.service.Await;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Recovery, and results of nodes that lost their lease, while the content of their events is being
/// erased.
@ParameterizedClass
@EnumSource(TestServer.class)
@Timeout(300)
@Tag("slow")
class ErasureMeanwhileTest {

  private static final String LOCK_WAITERS =
      """
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
      """;

  @AutoClose private final RecoveryFixture fixture;
  private final CustomerErasure erasure;

  ErasureMeanwhileTest(TestServer server) {
    fixture = new RecoveryFixture(server, "customer.created");
    erasure = new CustomerErasure(fixture.config.configTransactions(), fixture.jobs, _ -> {});
  }

  private UUID insertEventOf(int customer, long millis) {
    UUID event = fixture.insertEvent(millis);
    fixture.execute(
        """
        update event set data = '{"customerId":%1$d,"displayName":"Ann"}', config_version = 0
        where id = '%2$s';
        insert into event_ref (company_id, ref, event_id) values (%3$d, '%1$d', '%2$s')
        """
            .formatted(customer, event, COMPANY));
    return event;
  }

  private Job startErasure() {
    Job job = ((Started) erasure.start(COMPANY, "7", ConfigFixture.ACTOR)).job();
    fixture.execute(
        "update job set created_at = created_at - interval '1 minute' where id = '%s'"
            .formatted(job.id()));
    fixture.jobs.claim(NODE);
    return job;
  }

  private @Nullable Duration step(Job job) {
    return fixture.jobs.runStep(job.id(), NODE, erasure);
  }

  private void finish(Job job) {
    Await.until("the erasure ends", () -> step(job) == null);
  }

  private void awaitLockWaiters(int count) {
    Await.until(
        count + " sessions wait for a lock", () -> fixture.query(LOCK_WAITERS).size() == count);
  }

  private Claim claim() {
    return fixture.ledger.claim(NODE, List.of(new ClaimRequest(fixture.endpoint, 1))).getFirst();
  }

  private static Attempt attempt(int number, Outcome outcome) {
    return new Attempt(
        new UUID(5, number),
        Trigger.AUTOMATIC,
        Instant.EPOCH,
        Duration.ofMillis(70),
        outcome,
        new AttemptDetails(
            "https://example.com/",
            null,
            "192.0.2.1",
            "About Ann.",
            Map.of("server", "Ann"),
            7,
            null));
  }

  private void record(UUID node, Claim claim, int number, Outcome outcome) {
    Verdict verdict =
        outcome instanceof Outcome.Delivered ? new Verdict.Done() : new Verdict.GiveUp();
    fixture.ledger.recordResults(
        node, List.of(new AttemptResult.Sent(claim, attempt(number, outcome), verdict)));
  }

  private static Outcome failed(int status) {
    return new Outcome.Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(status, "Ann"), null);
  }

  @Test
  void late_result_is_recorded_without_the_response() {
    fixture.insertOpen(insertEventOf(7, 0), fixture.endpoint, "automatic");
    Claim erased = claim();
    fixture.insertOpen(insertEventOf(8, 1), fixture.endpoint, "automatic");
    Claim kept = claim();
    fixture.execute("update open_delivery set owner = null"); // the lease has ended
    finish(startErasure());

    record(NODE, erased, 1, failed(503));
    record(NODE, erased, 2, new Outcome.Delivered(new EndpointResponse(200, "Ann")));
    record(new UUID(0, 2), kept, 3, failed(500));

    assertThat(
            fixture.query(
                """
                select concat_ws(' ', status_code, late, address, response_body, detail,
                  response_headers)
                from attempt order by id
                """))
        .containsExactly(
            "503 t 192.0.2.1", "200 t 192.0.2.1", "500 t 192.0.2.1 Ann About Ann. server: Ann");
    assertThat(fixture.query("select status from delivery")).containsExactly("delivered");
  }

  @Test
  void late_result_that_waits_for_the_erasure_is_recorded_without_the_response() throws Exception {
    fixture.insertOpen(insertEventOf(7, 0), fixture.endpoint, "automatic");
    Claim claim = claim();
    fixture.execute("update open_delivery set owner = null");
    Job job = startErasure();
    CompletableFuture<Void> recording;
    try (Connection locking = lockOf("select from open_delivery for update")) {
      CompletableFuture<@Nullable Duration> erasing = start(() -> step(job));
      awaitLockWaiters(1);
      recording = run(() -> record(NODE, claim, 1, failed(503)));
      awaitLockWaiters(2);
      locking.rollback();
      erasing.join();
    }
    recording.join();
    finish(job);

    assertThat(fixture.query("select concat_ws(' ', status_code, response_body) from attempt"))
        .containsExactly("503");
    assertThat(fixture.query("select convert_from(data, 'UTF8') from event"))
        .containsExactly("null");
  }

  /// On a thread of its own: the common pool has a single one on two processors.
  private static <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
  }

  private static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, Thread::startVirtualThread);
  }

  private Connection lockOf(String sql) throws Exception {
    Connection connection = fixture.config.database().maintenanceDataSource().getConnection();
    connection.setAutoCommit(false);
    TestSql.execute(connection, sql);
    return connection;
  }

  @Test
  void recovery_whose_step_waits_for_the_erasure_leaves_the_delivery_out() throws Exception {
    fixture.insertEnded(insertEventOf(7, 0), "permanently_failed");
    Job recovery = fixture.start(JobKind.RECOVER, HOUR);
    Job job = startErasure();
    CompletableFuture<@Nullable Duration> recovering;
    try (Connection locking = lockOf("select from delivery for update")) {
      CompletableFuture<@Nullable Duration> erasing = start(() -> step(job));
      awaitLockWaiters(1);
      recovering = start(() -> fixture.step(recovery));
      awaitLockWaiters(2);
      locking.rollback();
      erasing.join();
    }
    recovering.join();

    assertNothingIsDelivered(recovery, job);
    assertThat(fixture.query("select status from delivery")).containsExactly("permanently_failed");
  }

  @Test
  void erasure_waits_for_a_replay_and_cancels_what_it_made() throws Exception {
    UUID event = insertEventOf(7, 0);
    Job replay = fixture.start(JobKind.REPLAY_MISSING, HOUR);
    Job job = startErasure();
    CompletableFuture<@Nullable Duration> replaying;
    CompletableFuture<@Nullable Duration> erasing;
    try (Connection locking = lockOf(insertionOf(event))) {
      replaying = start(() -> fixture.step(replay));
      awaitLockWaiters(1);
      erasing = start(() -> step(job));
      Await.until(
          "the erasure waits or is done",
          () -> erasing.isDone() || fixture.query(LOCK_WAITERS).size() == 2);
      locking.rollback();
    }
    replaying.join();
    erasing.join();

    assertNothingIsDelivered(replay, job);
    assertThat(fixture.query("select skip_reason from delivery")).containsExactly("cancelled");
  }

  private String insertionOf(UUID event) {
    return """
    insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
      endpoint_id, event_name, trigger)
    values (%d, now(), 0, 0, '%s', '%s', '%s', 'customer.created', 'automatic')
    """
        .formatted(COMPANY, LaterDeliveryId.of(event, fixture.endpoint), event, fixture.endpoint);
  }

  private void assertNothingIsDelivered(Job recovery, Job job) {
    Await.until("the recovery ends", () -> hasEnded(recovery) || fixture.step(recovery) == null);
    finish(job);
    assertThat(fixture.get(recovery).status()).isEqualTo(JobStatus.DONE);
    assertThat(fixture.get(job).status()).isEqualTo(JobStatus.DONE);
    assertThat(fixture.query("select id from open_delivery")).isEmpty();
    assertThat(fixture.query("select convert_from(data, 'UTF8') from event"))
        .containsExactly("null");
    assertThat(fixture.query("select 1 from event_ref where ref = '7'")).isEmpty();
  }

  private boolean hasEnded(Job job) {
    return fixture.get(job).status() != JobStatus.RUNNING;
  }

  @Test
  void recovery_and_erasure_at_the_same_time_both_end_and_only_other_customers_are_delivered() {
    for (int i = 0; i < 200; i++) {
      fixture.insertEnded(insertEventOf(i % 2 == 0 ? 7 : 8, i), "permanently_failed");
    }
    Job recovery = fixture.start(JobKind.RECOVER, HOUR);
    Job job = startErasure();

    CompletableFuture<Void> recovering =
        run(() ->
            Await.until(
                "the recovery ends", () -> hasEnded(recovery) || fixture.step(recovery) == null));
    finish(job);
    recovering.join();

    assertThat(
            fixture.query(
                """
                select convert_from(data, 'UTF8') || ' ' || count(*)
                from open_delivery join event on event.id = open_delivery.event_id
                group by data
                """))
        .containsExactly("{\"customerId\":8,\"displayName\":\"Ann\"} 100");
    assertThat(fixture.query("select count(*) from event where erased_at is not null"))
        .containsExactly("100");
    assertThat(
            fixture.query(
                """
                select count(*) from delivery join event on event.id = delivery.event_id
                where erased_at is not null and status in ('permanently_failed', 'skipped')
                """))
        .containsExactly("100");
  }
}
