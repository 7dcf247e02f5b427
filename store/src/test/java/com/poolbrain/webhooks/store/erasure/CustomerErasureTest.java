package com.poolbrain.webhooks.store.erasure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The erasure of the content about a customer, step by step.
@Tag("slow")
class CustomerErasureTest {

  private static final String DATA = "{\"customerId\":7,\"displayName\":\"Ann\"}";

  private final ErasureFixture fixture = new ErasureFixture();
  private final CustomerErasure erasure =
      new CustomerErasure(fixture.config.configTransactions(), fixture.jobs, fixture.skipped::add);
  private final Endpoint endpoint = fixture.createEndpoint(40);

  @AfterEach
  void close() {
    fixture.close();
  }

  private Job start() {
    Job job = ((Started) erasure.start(40, "7", ConfigFixture.ACTOR)).job();
    fixture.age(job);
    return job;
  }

  private String count(String condition) {
    return fixture.query("select count(*) from event where " + condition).getFirst();
  }

  @Test
  void all_batches_are_erased_by_nodes_that_are_killed_after_each_step() {
    for (int i = 0; i < 120; i++) {
      fixture.insertDelivery(endpoint, fixture.insertEvent(40, DATA, "7"));
    }
    fixture.insertEvent(40, "{\"jobId\":7}", "7");
    fixture.insertEvent(41, DATA, "7");

    Job job = start();
    assertThat(job.total()).isEqualTo(120);
    fixture.run(job, erasure);

    Job ended = requireNonNull(fixture.jobs.get(job.id()));
    assertThat(ended.status()).isEqualTo(JobStatus.DONE);
    assertThat(ended.done()).isEqualTo(120);
    assertThat(count("data = 'null' and erased_at is not null and company_id = 40"))
        .isEqualTo("120");
    assertThat(count("data <> 'null'")).as("another field, another company").isEqualTo("2");
    assertThat(fixture.query("select count(*) from event_ref")).containsExactly("2");
    assertThat(
            fixture.query(
                "select count(*) from attempt where response_body is not null or detail is not null"))
        .containsExactly("0");
    assertThat(fixture.query("select count(*) from delivery where response_body is not null"))
        .containsExactly("0");
  }

  @Test
  void event_of_the_present_configuration_is_not_concerned() {
    fixture.insertEvent(40, DATA, "7");
    Job job = start();
    fixture.insertEvent(40, DATA, "7");

    fixture.run(job, erasure);

    assertThat(count("erased_at is not null")).isEqualTo("1");
    assertThat(count("erased_at is null")).isEqualTo("1");
  }

  @Test
  void event_waits_for_a_delivery_that_a_node_owns() {
    UUID event = fixture.insertEvent(40, DATA, "7");
    fixture.insertOpen(endpoint, event, new UUID(9, 9));
    fixture.insertOpen(endpoint, event, null);
    Job job = start();

    for (int i = 0; i < 3; i++) {
      assertThat(fixture.stepOfNewNode(job, erasure)).isGreaterThan(Duration.ZERO);
    }
    assertThat(count("erased_at is not null")).isEqualTo("0");
    assertThat(fixture.query("select skip_reason from delivery")).containsExactly("cancelled");

    fixture.execute("update open_delivery set owner = null");
    fixture.run(job, erasure);
    assertThat(count("erased_at is not null")).isEqualTo("1");
    assertThat(fixture.query("select skip_reason from delivery"))
        .containsExactly("cancelled", "cancelled");
    assertThat(fixture.skipped).hasSize(2);
  }

  @Test
  void event_that_a_straggler_stored_is_found_by_another_pass() {
    UUID first = fixture.insertEvent(40, DATA, "7");
    UUID straggler = fixture.nextId();
    UUID last = fixture.insertEvent(40, DATA, "7");
    Job job = start();
    fixture.stepOfNewNode(job, erasure);
    assertThat(count("erased_at is not null")).isEqualTo("2");

    fixture.execute(
        """
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        values (40, now(), 0, 1, '%1$s', 'customer.created', '%2$s');
        insert into event_ref (company_id, ref, event_id) values (40, '7', '%1$s')
        """
            .formatted(straggler, DATA));
    fixture.run(job, erasure);

    assertThat(
            count(
                "erased_at is not null and id in ('%s', '%s', '%s')"
                    .formatted(first, straggler, last)))
        .isEqualTo("3");
  }

  @Test
  void nodes_learn_of_a_running_erasure_with_the_configuration() {
    fixture.insertEvent(40, DATA, "7");
    Job job = start();
    assertThat(
            fixture
                .config
                .database()
                .ledgerTransactions()
                .read(c -> fixture.config.configReader().readChangedSince(c, -1))
                .getFirst()
                .erasures())
        .hasSize(1);

    fixture.run(job, erasure);

    assertThat(
            fixture
                .config
                .database()
                .ledgerTransactions()
                .read(c -> fixture.config.configReader().readChangedSince(c, -1))
                .getFirst()
                .erasures())
        .isEmpty();
  }
}
