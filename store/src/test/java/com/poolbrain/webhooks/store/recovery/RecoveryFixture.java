package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import com.poolbrain.webhooks.store.partition.PartitionFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A company with an endpoint, events and deliveries of a day, and the jobs that work on them.
final class RecoveryFixture implements AutoCloseable {

  static final long COMPANY = 40;
  static final Instant START = Instant.parse("2026-02-13T06:42:24.705Z");
  static final AcceptedBetween HOUR =
      new AcceptedBetween(START, START.plus(Duration.ofHours(1)), 10_000);
  static final UUID NODE = new UUID(0, 1);

  private static final List<EventType> TYPES =
      List.of(
          new EventType("customer.created", List.of(), true),
          new EventType("job.one_time.created", List.of("job.created"), false),
          new EventType("customer.status.updated", List.of("customer.status.changed"), false));

  final ConfigFixture config;
  final UUID endpoint;
  final UUID otherEndpoint;
  final Jobs jobs;
  final PgLedger ledger;
  final List<DeliveriesRestarted> restarted = new ArrayList<>();
  final DeliveryJobWork recover =
      DeliveryJobWork.recover(RecoveryFixture::typeByName, restarted::add);
  final DeliveryJobWork replayMissing =
      DeliveryJobWork.replayMissing(RecoveryFixture::typeByName, restarted::add);
  private int idCount;

  /// @param subscribed events of the endpoint
  RecoveryFixture(TestServer server, String... subscribed) {
    config = ConfigFixture.create(server);
    PartitionFixture.createFor(config.database(), LocalDate.ofInstant(START, ZoneOffset.UTC));
    config.companies().put(COMPANY, "Pools", ConfigFixture.ACTOR);
    config.companies().put(41, "Other", ConfigFixture.ACTOR);
    setWebhooksEnabled(true);
    endpoint = config.createEndpoint(COMPANY, subscribed).id();
    otherEndpoint = config.createEndpoint(COMPANY, subscribed).id();
    jobs =
        new Jobs(
            config.database().apiTransactions(),
            new Audit(config.idGenerator()),
            config.idGenerator());
    ledger = new PgLedger(config.database(), config.configReader());
    execute(
        "insert into node (incarnation, lease_until) values ('%s', 'infinity')".formatted(NODE));
  }

  private static @Nullable EventType typeByName(String name) {
    return TYPES.stream()
        .filter(type -> type.name().equals(name) || type.aliases().contains(name))
        .findFirst()
        .orElse(null);
  }

  void setWebhooksEnabled(boolean enabled) {
    config.companies().setWebhooksEnabled(COMPANY, enabled, ConfigFixture.ACTOR);
  }

  void setPaused(boolean paused) {
    config
        .endpoints()
        .update(COMPANY, endpoint, before -> before.withPaused(paused), ConfigFixture.ACTOR);
  }

  void setSubscribed(String... events) {
    config
        .endpoints()
        .update(
            COMPANY,
            endpoint,
            before -> before.withSubscribedEvents(List.of(events)),
            ConfigFixture.ACTOR);
  }

  /// An event that was accepted so many milliseconds after [#START].
  UUID insertEvent(long company, long millis, String type) {
    UUID id = UuidV7.of(START.toEpochMilli() + millis, idCount++ & 0xFFF, idCount);
    execute(
        """
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        values (%d, now(), 1, 1, '%s', '%s', '{}')
        """
            .formatted(company, id, type));
    return id;
  }

  UUID insertEvent(long millis) {
    return insertEvent(COMPANY, millis, "customer.created");
  }

  /// An ended delivery of an event, whose id follows that of the event.
  ///
  /// @param status with a reason after a space if it was skipped
  UUID insertEnded(UUID event, UUID toEndpoint, String eventName, String status) {
    UUID id = nextId(event);
    String[] parts = status.split(" ", 2);
    execute(
        """
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id,
          event_name, status, skip_reason)
        select company_id, now(), 4, false, '%s', id, '%s', '%s', '%s', %s
        from event where id = '%s'
        """
            .formatted(
                id,
                toEndpoint,
                eventName,
                parts[0],
                parts.length == 1 ? "null" : "'" + parts[1] + "'",
                event));
    return id;
  }

  UUID insertEnded(UUID event, String status) {
    return insertEnded(event, endpoint, "customer.created", status);
  }

  UUID insertFailed(long millis) {
    return insertEnded(insertEvent(millis), "permanently_failed");
  }

  UUID insertOpen(UUID event, UUID toEndpoint, String trigger) {
    UUID id = nextId(event);
    execute(
        """
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, event_name, trigger)
        select company_id, now(), 0, 0, '%s', id, '%s', 'customer.created', '%s'
        from event where id = '%s'
        """
            .formatted(id, toEndpoint, trigger, event));
    return id;
  }

  private static UUID nextId(UUID event) {
    return new UUID(event.getMostSignificantBits(), event.getLeastSignificantBits() + (1L << 40));
  }

  Job start(JobKind kind, AcceptedBetween range) {
    Scope scope = new Scope(COMPANY, endpoint);
    Started started =
        (Started)
            jobs.start(
                new JobRequest(kind, scope, range),
                ConfigFixture.ACTOR,
                handle -> work(kind).count(handle, scope, range));
    jobs.claim(NODE);
    return started.job();
  }

  private DeliveryJobWork work(JobKind kind) {
    return kind == JobKind.RECOVER ? recover : replayMissing;
  }

  /// One step, with what follows it.
  ///
  /// @return the pause after it; null if the job has ended
  @Nullable Duration step(Job job) {
    Duration pause = jobs.runStep(job.id(), NODE, work(job.kind()));
    work(job.kind()).afterStep(job);
    return pause;
  }

  /// Runs a job to its end.
  Job run(JobKind kind, AcceptedBetween range) {
    Job job = start(kind, range);
    while (step(job) != null) {
      deliverOpen();
    }
    return get(job);
  }

  /// Ends everything that waits, as if a node had delivered it.
  private void deliverOpen() {
    execute("update open_delivery set schedule_step = 1, due_at = now() + interval '5 min'");
  }

  Job get(Job job) {
    return Objects.requireNonNull(jobs.get(job.id()));
  }

  /// The open deliveries of a job, in ascending order.
  List<String> deliveriesOf(Job job) {
    return query(
        "select id from open_delivery where job_id = '%s' order by id".formatted(job.id()));
  }

  List<String> query(String sql) {
    return config.queryStrings(sql);
  }

  void execute(String sql) {
    TestSql.execute(config.testDatabase().settings(), sql);
  }

  @Override
  public void close() {
    config.close();
  }
}
