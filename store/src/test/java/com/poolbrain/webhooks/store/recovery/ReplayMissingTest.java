package com.poolbrain.webhooks.store.recovery;

import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.COMPANY;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.HOUR;
import static com.poolbrain.webhooks.store.recovery.RecoveryFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.domain.job.LaterDeliveryId;
import com.poolbrain.webhooks.store.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class ReplayMissingTest {

  @AutoClose private final RecoveryFixture fixture;

  ReplayMissingTest(TestServer server) {
    fixture = new RecoveryFixture(server, "customer.created", "job.created");
  }

  private String laterId(UUID event) {
    return LaterDeliveryId.of(event, fixture.endpoint).toString();
  }

  private static List<String> inOrder(Stream<String> ids) {
    return ids.map(UUID::fromString).sorted(UuidV7.ORDER).map(UUID::toString).toList();
  }

  @Test
  void job_makes_what_is_missing_or_was_skipped_while_off_or_paused_and_nothing_else() {
    UUID never = fixture.insertEvent(0);
    UUID toOthers = fixture.insertEvent(10);
    fixture.insertEnded(toOthers, fixture.otherEndpoint, "customer.created", "delivered");
    UUID byAlias = fixture.insertEvent(COMPANY, 20, "job.one_time.created");
    UUID last = fixture.insertEvent(Duration.ofHours(1).toMillis());
    UUID whileOff = fixture.insertEnded(fixture.insertEvent(30), "skipped webhooks_off");
    UUID whilePaused = fixture.insertEnded(fixture.insertEvent(40), "skipped endpoint_paused");

    fixture.insertEvent(-1);
    fixture.insertEvent(Duration.ofHours(1).toMillis() + 1);
    fixture.insertEvent(COMPANY, 50, "customer.status.updated");
    fixture.insertEvent(41, 60, "customer.created");
    fixture.insertEnded(fixture.insertEvent(70), "delivered");
    fixture.insertEnded(fixture.insertEvent(80), "permanently_failed");
    fixture.insertEnded(fixture.insertEvent(90), "skipped unsubscribed");
    fixture.insertEnded(fixture.insertEvent(100), "skipped cancelled");
    UUID open = fixture.insertOpen(fixture.insertEvent(110), fixture.endpoint, "automatic");
    fixture.execute("update open_delivery set due_at = now() + interval '5 min'");

    Job job = fixture.run(JobKind.REPLAY_MISSING, HOUR);

    assertThat(fixture.deliveriesOf(job))
        .containsExactlyElementsOf(
            inOrder(
                Stream.of(
                    laterId(never),
                    laterId(toOthers),
                    laterId(byAlias),
                    laterId(last),
                    whileOff.toString(),
                    whilePaused.toString())));
    assertThat(job.status()).isEqualTo(JobStatus.DONE);
    assertThat(job.total()).isEqualTo(6);
    assertThat(job.done()).isEqualTo(6);
    assertThat(
            fixture.query(
                "select event_name from open_delivery where event_id = '%s'".formatted(byAlias)))
        .containsExactly("job.created");
    assertThat(
            fixture.query(
                "select count(*) from open_delivery where id = '%s' and job_id is null"
                    .formatted(open)))
        .containsExactly("1");
  }

  @Test
  void test_sends_are_no_events_of_the_business() {
    UUID ended = fixture.insertEvent(0);
    UUID test = fixture.insertEnded(ended, "delivered");
    UUID ofOther = fixture.insertEvent(10);
    UUID otherTest =
        fixture.insertEnded(
            ofOther, fixture.otherEndpoint, "customer.created", "permanently_failed");
    fixture.execute(
        "update delivery set test = true where id in ('%s', '%s')".formatted(test, otherTest));
    fixture.insertOpen(fixture.insertEvent(20), fixture.otherEndpoint, "test");

    Job job = fixture.run(JobKind.REPLAY_MISSING, HOUR);

    assertThat(fixture.deliveriesOf(job)).isEmpty();
    assertThat(job.total()).isZero();
  }

  @Test
  void second_job_makes_nothing_twice() {
    UUID event = fixture.insertEvent(0);
    Job first = fixture.run(JobKind.REPLAY_MISSING, HOUR);
    Job second = fixture.run(JobKind.REPLAY_MISSING, HOUR);
    assertThat(second.total()).as("while it is open").isZero();
    fixture.execute("delete from open_delivery");
    fixture.execute(
        """
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id,
          event_name, status)
        values (40, now(), 1, false, '%s', '%s', '%s', 'customer.created', 'delivered')
        """
            .formatted(laterId(event), event, fixture.endpoint));

    Job third = fixture.run(JobKind.REPLAY_MISSING, HOUR);

    assertThat(first.done()).isEqualTo(1);
    assertThat(third.total()).as("after it was delivered").isZero();
  }

  @Test
  void events_of_all_companies_are_scanned_in_parts() {
    fixture.execute(
        """
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        select 41, now(), 1, 1,
          ('019c55bd-71a1-7' || lpad(to_hex(n / 65536), 3, '0') || '-8000-00000000'
            || lpad(to_hex(n % 65536), 4, '0'))::uuid,
          'customer.created', '{}'
        from generate_series(1, 25000) as n
        """);
    UUID before = fixture.insertEvent(0);
    UUID after = fixture.insertEvent(600_000);

    Job job = fixture.run(JobKind.REPLAY_MISSING, HOUR);

    assertThat(job.total()).isEqualTo(2);
    assertThat(fixture.deliveriesOf(job)).containsExactly(laterId(before), laterId(after));
  }

  @Test
  void events_of_several_days_are_found() {
    List<UUID> events =
        List.of(
            fixture.insertEvent(0),
            fixture.insertEvent(Duration.ofDays(1).toMillis()),
            fixture.insertEvent(Duration.ofDays(3).toMillis()));
    fixture.insertEvent(Duration.ofDays(4).toMillis());
    var days = new AcceptedBetween(START, START.plus(Duration.ofDays(3)), 10_000);

    Job job = fixture.run(JobKind.REPLAY_MISSING, days);

    assertThat(job.total()).isEqualTo(3);
    assertThat(fixture.deliveriesOf(job))
        .containsExactlyElementsOf(events.stream().map(this::laterId).toList());
  }

  @Test
  void many_events_of_the_company_are_scanned_in_parts() {
    fixture.execute(
        """
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        select 40, now(), 1, 1,
          ('019c55bd-71a1-7' || lpad(to_hex(n / 65536), 3, '0') || '-8000-00000000'
            || lpad(to_hex(n % 65536), 4, '0'))::uuid,
          'customer.created', '{}'
        from generate_series(1, 5500) as n
        """);

    Job job = fixture.run(JobKind.REPLAY_MISSING, HOUR);

    assertThat(job.total()).isEqualTo(5_500);
    assertThat(job.done()).isEqualTo(5_500);
    assertThat(fixture.deliveriesOf(job)).hasSize(5_500);
  }

  @Test
  void type_that_is_unticked_while_the_job_runs_is_left_out() {
    fixture.insertEvent(0);
    Job job = fixture.start(JobKind.REPLAY_MISSING, HOUR);
    fixture.setSubscribed("job.created");

    assertThat(fixture.step(job)).isNull();
    assertThat(fixture.deliveriesOf(job)).isEmpty();
  }
}
