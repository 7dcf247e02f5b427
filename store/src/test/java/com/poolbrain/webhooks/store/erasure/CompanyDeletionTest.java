package com.poolbrain.webhooks.store.erasure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The deletion of a company, step by step.
@Tag("slow")
class CompanyDeletionTest {

  private static final List<String> KEPT = List.of("audit", "job");

  private final ErasureFixture fixture = new ErasureFixture();
  private final CompanyDeletion deletion =
      new CompanyDeletion(fixture.config.configTransactions(), fixture.jobs, fixture.skipped::add);

  @AfterEach
  void close() {
    fixture.close();
  }

  private Job start(long company) {
    return ((Started) requireNonNull(deletion.start(company, ConfigFixture.ACTOR))).job();
  }

  private void populate(long company) {
    Endpoint endpoint = fixture.createEndpoint(company);
    for (int i = 0; i < 3; i++) {
      UUID event = fixture.insertEvent(company, "{\"customerId\":7}", "7");
      fixture.insertDelivery(endpoint, event);
      fixture.insertOpen(endpoint, event, null);
    }
    UUID key = new UUID(company, 1);
    fixture.execute(
        """
        insert into api_key (id, name, hash, has_checksum, scopes, company_id, created_at)
        values ('%2$s', 'k', sha256('k%1$d'), true, array['read'], %1$d, now());
        insert into portal_link (company_id, created_at, expires_at, id, key_id, hash, role, user_name)
        values (%1$d, now(), now(), '%2$s', '%2$s', sha256('l%1$d'), 'viewer', 'u');
        insert into session (company_id, created_at, last_used_at, expires_at, id, key_id, hash, role, user_name)
        values (%1$d, now(), now(), now(), '%2$s', '%2$s', sha256('s%1$d'), 'viewer', 'u');
        insert into endpoint_health (company_id, since, endpoint_id, status, latest_at, latest_ok)
        values (%1$d, now(), '%3$s', 'healthy', '{}', '{}');
        insert into notice (company_id, endpoint_id, kind, at) values (%1$d, '%3$s', 'failing', now());
        insert into notice_mail (company_id, endpoint_id, kind, address, state, noticed_at, due_at)
        values (%1$d, '%3$s', 'failing', 'a@example.com', 'waiting', now(), now());
        insert into delivery_statistics (company_id, slot, attempts, failed_attempts, delivered,
          after_retry, permanently_failed, skipped, items, endpoint_id, writer, event_name, result)
        values (%1$d, now(), 1, 0, 1, 0, 0, 0, 1, '%3$s', '%2$s', 'customer.created', '200');
        insert into idempotency (day, scope, key, fingerprint, receipts)
        values ((now() at time zone 'UTC')::date, 'company:%1$d', 'k', 'f', 'r')
        """
            .formatted(company, key, endpoint.id()));
  }

  /// The number of rows of a company in each table that has a column company_id.
  private Map<String, String> rowsOf(long company) {
    Map<String, String> rows = new TreeMap<>();
    for (String table :
        fixture.query(
            """
            select c.table_name from information_schema.columns c
            where c.table_schema = 'public' and c.column_name = 'company_id'
              and not exists (select from pg_inherits where inhrelid = to_regclass(c.table_name))
            """)) {
      rows.put(
          table,
          fixture
              .query("select count(*) from " + table + " where company_id = " + company)
              .getFirst());
    }
    rows.put(
        "idempotency",
        fixture
            .query("select count(*) from idempotency where scope = 'company:" + company + "'")
            .getFirst());
    rows.put(
        "company", fixture.query("select count(*) from company where id = " + company).getFirst());
    return rows;
  }

  @Test
  void every_table_is_emptied_by_nodes_that_are_killed_after_each_step() {
    populate(40);
    populate(41);
    Map<String, String> others = rowsOf(41);
    assertThat(rowsOf(40))
        .as("every table has rows; add those of a new table to this test and to CompanyRows")
        .allSatisfy((table, rows) ->
            assertThat(table.equals("job") || Integer.parseInt(rows) > 0).as(table).isTrue());

    Job job = start(40);
    fixture.age(job);
    fixture.run(job, deletion);

    Job ended = requireNonNull(fixture.jobs.get(job.id()));
    assertThat(ended.status()).isEqualTo(JobStatus.DONE);
    assertThat(ended.done()).as("with the cancelled ones").isEqualTo(6);
    assertThat(rowsOf(40))
        .allSatisfy((table, rows) ->
            assertThat(KEPT.contains(table) || rows.equals("0")).as(table + " " + rows).isTrue());
    assertThat(rowsOf(41)).isEqualTo(others);
    assertThat(fixture.skipped).hasSize(1);
    assertThat(fixture.skipped.getFirst().count()).isEqualTo(3);
  }

  @Test
  void job_waits_until_nodes_have_ended_what_they_own() {
    Endpoint endpoint = fixture.createEndpoint(40);
    UUID event = fixture.insertEvent(40, "{}", "7");
    UUID owned = fixture.insertOpen(endpoint, event, new UUID(9, 9));
    Job job = start(40);
    fixture.age(job);
    for (int i = 0; i < 5; i++) {
      assertThat(fixture.stepOfNewNode(job, deletion)).isNotNull();
    }
    assertThat(fixture.query("select id from open_delivery")).containsExactly(owned.toString());
    assertThat(fixture.query("select count(*) from event")).containsExactly("1");

    fixture.execute("update open_delivery set owner = null");
    fixture.run(job, deletion);
    assertThat(fixture.query("select count(*) from event")).containsExactly("0");
  }

  @Test
  void id_is_free_only_when_the_job_is_done() {
    fixture.createEndpoint(40);
    Job job = start(40);
    fixture.age(job);

    assertThat(fixture.config.companies().put(40, "New", ConfigFixture.ACTOR)).isNull();
    assertThat(fixture.config.companies().get(40)).isNull();
    fixture.run(job, deletion);
    assertThat(
            requireNonNull(fixture.config.companies().put(40, "New", ConfigFixture.ACTOR))
                .created())
        .isTrue();
    assertThat(deletion.start(41, ConfigFixture.ACTOR)).isNull();
  }
}
