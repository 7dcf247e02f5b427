package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.partition.PartitionFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Companies with events and deliveries, and nodes that run one step of a job and are killed then.
final class ErasureFixture implements AutoCloseable {

  final ConfigFixture config = ConfigFixture.create(TestServer.EMBEDDED_18);
  final Jobs jobs =
      new Jobs(
          config.database().apiTransactions(),
          new Audit(config.idGenerator()),
          config.idGenerator());
  final List<DeliveriesSkipped> skipped = new ArrayList<>();
  private final long now = config.database().now().toEpochMilli();
  private int ids;
  private int nodes;

  ErasureFixture() {
    PartitionFixture.createForToday(config.database());
  }

  void execute(String sql) {
    TestSql.execute(config.testDatabase().settings(), sql);
  }

  List<String> query(String sql) {
    return config.queryStrings(sql);
  }

  Endpoint createEndpoint(long company) {
    config.companies().put(company, "Pools", ConfigFixture.ACTOR);
    return config.createEndpoint(company, "customer.created");
  }

  UUID nextId() {
    return UuidV7.of(now, ids++, 0);
  }

  /// Stores an event with a reference.
  UUID insertEvent(long company, String data, String ref) {
    UUID id = nextId();
    execute(
        """
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        values (%d, now(), (select version from config), 1, '%s', 'customer.created', '%s');
        insert into event_ref (company_id, ref, event_id) values (%d, '%s', '%s')
        """
            .formatted(company, id, data, company, ref, id));
    return id;
  }

  /// Stores an ended delivery with an attempt.
  UUID insertDelivery(Endpoint endpoint, UUID event) {
    UUID id = nextId();
    execute(
        """
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id,
          event_name, status, response_body)
        values (%1$d, now(), 1, false, '%2$s', '%3$s', '%4$s', 'customer.created', 'delivered', 'ok');
        insert into attempt (company_id, started_at, number, duration_us, late, delivery_id, id,
          trigger, response_body, detail)
        values (%1$d, now(), 1, 1, false, '%2$s', '%2$s', 'manual', 'ok', 'd')
        """
            .formatted(endpoint.companyId(), id, event, endpoint.id()));
    return id;
  }

  /// Stores an open delivery.
  UUID insertOpen(Endpoint endpoint, UUID event, @Nullable UUID owner) {
    UUID id = nextId();
    execute(
        """
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, owner, event_name, trigger)
        values (%d, now(), 1, 1, '%s', '%s', '%s', %s, 'customer.created', 'automatic')
        """
            .formatted(
                endpoint.companyId(),
                id,
                event,
                endpoint.id(),
                owner == null ? "null" : "'" + owner + "'"));
    return id;
  }

  /// Lets the grace periods of a job be over.
  void age(Job job) {
    execute(
        "update job set created_at = created_at - interval '1 minute' where id = '%s'"
            .formatted(job.id()));
  }

  /// Runs one step as a new node, which is dead then.
  ///
  /// @return how long the job wants to wait; null if it has ended
  @Nullable Duration stepOfNewNode(Job job, JobWork work) {
    UUID node = new UUID(1, ++nodes);
    execute(
        "insert into node (incarnation, lease_until) values ('%s', 'infinity')".formatted(node));
    jobs.claim(node);
    Duration pause = jobs.runStep(job.id(), node, work);
    execute("delete from node where incarnation = '%s'".formatted(node));
    return pause;
  }

  /// Runs all steps, each as a new node.
  void run(Job job, JobWork work) {
    int steps = 0;
    while (stepOfNewNode(job, work) != null) {
      if (++steps > 1_000) {
        throw new AssertionError("the job does not end: " + jobs.get(job.id()));
      }
    }
  }

  @Override
  public void close() {
    config.close();
  }
}
