package com.poolbrain.webhooks.store.recovery;

import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.COMPANY;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.HOUR;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.NODE;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted.RestartedDelivery;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.testkit.service.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class RecoverTest {

  @AutoClose private final RecoveryFixture fixture;

  RecoverTest(TestServer server) {
    fixture = new RecoveryFixture(server, "customer.created", "job.created");
  }

  @Test
  void job_takes_what_failed_at_its_endpoint_in_its_range_and_nothing_else() {
    UUID first = fixture.insertFailed(0);
    UUID last = fixture.insertFailed(Duration.ofHours(1).toMillis());
    UUID byAlias =
        fixture.insertEnded(
            fixture.insertEvent(COMPANY, 5, "job.one_time.created"),
            fixture.endpoint,
            "job.one_time.created",
            "permanently_failed");
    fixture.insertFailed(-1);
    fixture.insertFailed(Duration.ofHours(1).toMillis() + 1);
    fixture.insertEnded(fixture.insertEvent(1), "delivered");
    fixture.insertEnded(fixture.insertEvent(2), "skipped webhooks_off");
    fixture.insertEnded(fixture.insertEvent(3), "skipped cancelled");
    fixture.insertEnded(
        fixture.insertEvent(4), fixture.otherEndpoint, "customer.created", "permanently_failed");
    fixture.insertEnded(
        fixture.insertEvent(COMPANY, 6, "customer.status.updated"),
        fixture.endpoint,
        "customer.status.updated",
        "permanently_failed");
    UUID test = fixture.insertFailed(7);
    fixture.execute("update delivery set test = true where id = '%s'".formatted(test));

    Job job = fixture.run(JobKind.RECOVER, HOUR);

    assertThat(fixture.deliveriesOf(job))
        .containsExactly(first.toString(), byAlias.toString(), last.toString());
    assertThat(job.status()).isEqualTo(JobStatus.DONE);
    assertThat(job.total()).isEqualTo(3);
    assertThat(job.done()).isEqualTo(3);
    assertThat(job.detail()).isNull();
    assertThat(fixture.query("select count(*) from delivery")).containsExactly("8");
  }

  @Test
  void recovered_delivery_keeps_its_attempts_and_begins_the_schedule_anew() {
    UUID id = fixture.insertFailed(0);
    UUID inline = new UUID(7, 7);
    fixture.execute(
        """
        update delivery set attempt_count = 1, attempt_id = '%s', started_at = '2026-02-13T06:42:25Z',
          duration_us = 12, status_code = 503, trigger = 'automatic', error = 'server_error',
          response_body = 'no'
        where id = '%s'
        """
            .formatted(inline, id));
    Job job = fixture.start(JobKind.RECOVER, HOUR);

    fixture.step(job);

    assertThat(fixture.query("select id from delivery")).isEmpty();
    assertThat(
            fixture.query(
                """
                select concat_ws(' ', id, schedule_step, attempt_count, trigger, owner, job_id,
                  due_at <= now())
                from open_delivery
                """))
        .containsExactly("%s 0 1 automatic %s t".formatted(id, job.id()));
    assertThat(
            fixture.query(
                """
                select concat_ws(' ', delivery_id, id, number, late, trigger, duration_us,
                  status_code, error, response_body)
                from attempt
                """))
        .containsExactly("%s %s 1 f automatic 12 503 server_error no".formatted(id, inline));
    assertThat(fixture.restarted)
        .containsExactly(
            new DeliveriesRestarted(
                COMPANY,
                fixture.endpoint,
                List.of(
                    new RestartedDelivery(
                        id, "customer.created", DeliveryStatus.PERMANENTLY_FAILED))));
  }

  @Test
  void delivery_that_was_delivered_since_the_count_is_left_alone() {
    UUID id = fixture.insertFailed(0);
    Job job = fixture.start(JobKind.RECOVER, HOUR);
    fixture.execute("update delivery set status = 'delivered' where id = '%s'".formatted(id));

    assertThat(fixture.step(job)).isNull();

    assertThat(fixture.get(job).done()).isZero();
    assertThat(fixture.query("select status from delivery")).containsExactly("delivered");
  }

  @Test
  void job_waits_for_a_manual_attempt_that_may_fail() {
    UUID before = fixture.insertFailed(0);
    UUID manual = fixture.insertFailed(1);
    UUID after = fixture.insertFailed(2);
    assertThat(fixture.ledger.reopen(NODE, COMPANY, manual))
        .isInstanceOf(ReopenResult.Reopened.class);
    Job job = fixture.start(JobKind.RECOVER, HOUR);

    assertThat(fixture.step(job)).isPositive();
    assertThat(fixture.step(job)).isPositive();
    assertThat(fixture.deliveriesOf(job)).containsExactly(before.toString());

    fixture.execute("delete from open_delivery where id = '%s'".formatted(manual));
    assertThat(fixture.step(job)).isNull();
    assertThat(fixture.deliveriesOf(job))
        .containsExactly(before.toString(), manual.toString(), after.toString());
    assertThat(fixture.get(job).done()).isEqualTo(3);
  }

  @Test
  void manual_operation_that_waits_for_the_move_finds_the_delivery_afterwards() throws Exception {
    UUID id = fixture.insertFailed(0);
    Job job = fixture.start(JobKind.RECOVER, HOUR);
    List<CompletableFuture<ReopenResult>> waiting = new ArrayList<>();
    JobWork moving =
        new JobWork() {
          @Override
          public JobKind kind() {
            return JobKind.RECOVER;
          }

          @Override
          public Step runStep(Handle handle, Job current) {
            Step step = fixture.recover.runStep(handle, current);
            waiting.add(
                CompletableFuture.supplyAsync(() -> fixture.ledger.reopen(NODE, COMPANY, id)));
            Await.until(
                "the manual operation waits for the row",
                () ->
                    !fixture
                        .query("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
                        .isEmpty());
            return step;
          }
        };

    fixture.jobs.runStep(job.id(), NODE, moving);

    assertThat(waiting.getFirst().get()).isInstanceOf(ReopenResult.Reopened.class);
    assertThat(fixture.query("select concat_ws(' ', id, owner) from open_delivery"))
        .containsExactly(id + " " + NODE);
  }

  @Test
  void job_makes_nothing_while_a_live_delivery_waits() {
    UUID failed = fixture.insertFailed(0);
    UUID live = fixture.insertOpen(fixture.insertEvent(1), fixture.endpoint, "automatic");
    Job job = fixture.start(JobKind.RECOVER, HOUR);

    assertThat(fixture.step(job)).isPositive();
    assertThat(fixture.deliveriesOf(job)).isEmpty();

    fixture.execute("update open_delivery set owner = '%s' where id = '%s'".formatted(NODE, live));
    assertThat(fixture.step(job)).isNull();
    assertThat(fixture.deliveriesOf(job)).containsExactly(failed.toString());
  }

  @Test
  void few_deliveries_of_a_job_wait_at_a_time() {
    for (int i = 0; i < 30; i++) {
      fixture.insertFailed(i);
    }
    Job job = fixture.start(JobKind.RECOVER, new AcceptedBetween(START, HOUR.until(), 20));
    for (int i = 0; i < 30; i++) {
      fixture.step(job);
    }
    assertThat(fixture.deliveriesOf(job)).hasSize(10);
    assertThat(fixture.get(job).done()).isEqualTo(10);

    fixture.execute(
        """
        delete from open_delivery where id in (select id from open_delivery order by id limit 4)
        """);
    for (int i = 0; i < 30; i++) {
      fixture.step(job);
    }
    assertThat(fixture.get(job).done()).isEqualTo(14);
  }

  @Test
  void pause_after_a_step_keeps_the_rate() {
    for (int i = 0; i < 30; i++) {
      fixture.insertFailed(i);
    }
    Job job = fixture.start(JobKind.RECOVER, new AcceptedBetween(START, HOUR.until(), 20));
    assertThat(fixture.step(job)).isEqualTo(Duration.ofMillis(100));
    assertThat(fixture.get(job).done()).isEqualTo(2);
  }

  @Test
  void job_counts_on_if_there_are_more_than_ten_thousand() {
    fixture.execute(
        """
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id,
          event_name, status)
        select 40, now(), 4, false,
          ('019c55bc-8b29-7' || lpad(to_hex(n / 65536), 3, '0') || '-8000-00000000'
            || lpad(to_hex(n %% 65536), 4, '0'))::uuid,
          '%s', '%s', 'customer.created', 'permanently_failed'
        from generate_series(1, 12345) as n
        """
            .formatted(fixture.insertEvent(0), fixture.endpoint));
    var wide = new AcceptedBetween(START.minusSeconds(3_600), START.plusSeconds(3_600), 10_000);
    Job job = fixture.start(JobKind.RECOVER, wide);
    assertThat(job.total()).isEqualTo(10_000);

    for (int i = 0; i < 3; i++) {
      fixture.step(job);
    }

    assertThat(fixture.get(job).total()).isEqualTo(12_345);
    assertThat(fixture.get(job).done()).isZero();
    fixture.step(job);
    assertThat(fixture.get(job).done()).isEqualTo(250);
  }

  @Test
  void webhooks_that_were_off_for_a_moment_end_the_job() {
    fixture.insertFailed(0);
    Job job = fixture.start(JobKind.RECOVER, HOUR);
    fixture.setWebhooksEnabled(false);
    fixture.setWebhooksEnabled(true);

    assertThat(fixture.step(job)).isNull();

    assertCancelled(job, "Webhooks of company 40 were switched off");
    assertThat(fixture.run(JobKind.RECOVER, HOUR).status()).isEqualTo(JobStatus.DONE);
  }

  @Test
  void paused_endpoint_ends_the_job() {
    fixture.insertFailed(0);
    Job job = fixture.start(JobKind.RECOVER, HOUR);
    fixture.setPaused(true);

    assertThat(fixture.step(job)).isNull();
    assertCancelled(job, "The endpoint was paused");
  }

  @Test
  void deleted_endpoint_ends_the_job() {
    fixture.insertFailed(0);
    Job job = fixture.start(JobKind.RECOVER, HOUR);
    fixture.config.endpoints().delete(COMPANY, fixture.endpoint, ConfigFixture.ACTOR);

    assertThat(fixture.step(job)).isNull();
    assertCancelled(job, "The endpoint was deleted");
  }

  private void assertCancelled(Job job, String reason) {
    assertThat(fixture.get(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(fixture.get(job).detail()).startsWith(reason);
    assertThat(fixture.deliveriesOf(job)).isEmpty();
  }
}
