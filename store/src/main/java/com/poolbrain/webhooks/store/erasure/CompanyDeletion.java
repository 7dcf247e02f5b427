package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.store.config.ConfigTransactions;
import com.poolbrain.webhooks.store.config.ConfigTransactions.Change;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.job.Jobs.StartResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Deletes a company. The start switches webhooks off, deletes the endpoints with their secrets,
/// revokes the keys and ends the sessions, in one change of the configuration. The job then cancels
/// open deliveries and removes all rows but the audit.
public final class CompanyDeletion implements JobWork {

  private static final int BATCH_SIZE = 1_000;
  private static final int EVENTS_PER_STEP = 20_000;
  private static final int MAX_COUNTED = 1_000_000;
  private static final UUID MIN_ID = new UUID(0, 0);
  private static final Duration OWNER_WAIT = Duration.ofMillis(200);

  /// Clocks of nodes differ by milliseconds; this is on the safe side.
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private static final String COUNT =
      """
      select count(*)
      from (select from delivery where company_id = :company limit :limit) as counted
      """;

  private static final String IS_RESPECTED =
      """
      select clock_timestamp() > created_at + interval '1500 milliseconds' from job where id = :id
      """;

  /// Nodes write the last counts of a company up to 5 s later.
  private static final String IS_COUNTED =
      """
      select clock_timestamp() > created_at + interval '7 seconds' from job where id = :id
      """;

  /// Locked, so that no late result adds an attempt in between.
  private static final String NEXT_DELIVERIES =
      """
      select id from delivery where company_id = :company order by id limit :limit for update
      """;

  private static final String DELETE_ATTEMPTS =
      """
      delete from attempt
      where company_id = :company and delivery_id = any(:ids::uuid[]) and delivery_id >= :first and delivery_id <= :last
      """;

  private static final String DELETE_DELIVERIES =
      """
      delete from delivery
      where company_id = :company and id = any(:ids::uuid[]) and id >= :first and id <= :last
      """;

  /// No index leads to the events of a company. So all events since its creation are scanned.
  private static final String SCAN_EVENTS =
      """
      with scanned as materialized (
        select id, company_id from event where id > :after and id < :end order by id limit :limit
      )
      select (select id from scanned order by id desc limit 1) as last,
        array(select id from scanned where company_id = :company order by id) as ids
      """;

  private static final String DELETE_EVENTS =
      """
      delete from event
      where company_id = :company and id = any(:ids::uuid[]) and id >= :first and id <= :last
      """;

  private static final String DELETE_REFS =
      """
      with picked as materialized (
        select ref, event_id from event_ref where company_id = :company limit :limit
      )
      delete from event_ref using picked
      where event_ref.company_id = :company and event_ref.ref = picked.ref
        and event_ref.event_id = picked.event_id
      """;

  private static final String CREATED_AT =
      """
      select created_at from company where id = :company
      """;

  private final ConfigTransactions configTransactions;
  private final Jobs jobs;
  private final OpenDeliveryCanceller canceller;

  /// @param onSkipped gets the deliveries that were cancelled
  public CompanyDeletion(
      ConfigTransactions configTransactions, Jobs jobs, Consumer<DeliveriesSkipped> onSkipped) {
    this.configTransactions = configTransactions;
    this.jobs = jobs;
    this.canceller = new OpenDeliveryCanceller(onSkipped);
  }

  @Override
  public JobKind kind() {
    return JobKind.DELETE_COMPANY;
  }

  private enum Phase {
    COUNT,
    OPEN,
    DELIVERIES,
    EVENTS,
    REFS,
    CONFIGURATION
  }

  /// Where a job is.
  ///
  /// @param after the last scanned event
  private record Position(Phase phase, UUID after) {

    static Position parse(@Nullable String text) {
      String[] parts = (text == null ? "count " + MIN_ID : text).split(" ", 2);
      return new Position(
          Phase.valueOf(parts[0].toUpperCase(Locale.ROOT)), UUID.fromString(parts[1]));
    }

    static String of(Phase phase) {
      return new Position(phase, MIN_ID).toString();
    }

    @Override
    public String toString() {
      return phase.name().toLowerCase(Locale.ROOT) + " " + after;
    }
  }

  /// Starts the deletion of a company; null if there is no such company.
  public @Nullable StartResult start(long companyId, Actor actor) {
    var request = new JobRequest(JobKind.DELETE_COMPANY, new Scope(companyId, null));
    return configTransactions.change(
        actor,
        change -> {
          String name = CompanyRows.markDeleted(change, companyId);
          if (name == null) {
            UUID running = jobs.findRunning(change.handle(), request);
            return running == null ? null : new StartResult.AlreadyRunning(running);
          }
          configTransactions.appendAudit(
              change,
              AuditAction.COMPANY_DELETED,
              Subject.company(companyId),
              FieldChanges.none().removed("name", name));
          CompanyRows.endAccess(change, companyId, this::appendAudit);
          return jobs.start(change.handle(), request, actor, _ -> 0L);
        });
  }

  private void appendAudit(
      Change change, AuditAction action, Subject subject, FieldChanges changes) {
    configTransactions.appendAudit(change, action, subject, changes);
  }

  /// The job that deletes a company; null if none does.
  public @Nullable UUID findRunning(long companyId) {
    var request = new JobRequest(JobKind.DELETE_COMPANY, new Scope(companyId, null));
    return configTransactions.read(handle -> jobs.findRunning(handle, request));
  }

  @Override
  public Step runStep(Handle handle, Job job) {
    long companyId = Objects.requireNonNull(job.scope().companyId());
    Position position = Position.parse(job.position());
    return switch (position.phase()) {
      case COUNT -> new Step.Count(count(handle, companyId), Position.of(Phase.OPEN));
      case OPEN -> cancelOpen(handle, job, companyId);
      case DELIVERIES -> deleteDeliveries(handle, companyId);
      case EVENTS -> deleteEvents(handle, job, companyId, position.after());
      case REFS -> deleteRefs(handle, companyId);
      case CONFIGURATION -> deleteConfiguration(handle, job, companyId);
    };
  }

  private static long count(Handle handle, long companyId) {
    return handle
        .createQuery(COUNT)
        .bind("company", companyId)
        .bind("limit", MAX_COUNTED)
        .mapTo(Long.class)
        .one();
  }

  /// Nodes cancel what they own, because the endpoints are deleted.
  private Step cancelOpen(Handle handle, Job job, long companyId) {
    boolean isRespected =
        handle.createQuery(IS_RESPECTED).bind("id", job.id()).mapTo(Boolean.class).one();
    int cancelled = canceller.cancelOfCompany(handle, companyId, BATCH_SIZE);
    if (cancelled == BATCH_SIZE) {
      return new Step.Continue(0, Position.of(Phase.OPEN));
    }
    return isRespected && !canceller.hasOpen(handle, companyId)
        ? new Step.Continue(0, Position.of(Phase.DELIVERIES))
        : new Step.Continue(0, Position.of(Phase.OPEN), OWNER_WAIT);
  }

  private static Step deleteDeliveries(Handle handle, long companyId) {
    List<UUID> ids =
        handle
            .createQuery(NEXT_DELIVERIES)
            .bind("company", companyId)
            .bind("limit", BATCH_SIZE)
            .mapTo(UUID.class)
            .list();
    if (ids.isEmpty()) {
      return new Step.Continue(0, Position.of(Phase.EVENTS));
    }
    for (String statement : List.of(DELETE_ATTEMPTS, DELETE_DELIVERIES)) {
      deleteByIds(handle, statement, companyId, ids);
    }
    return new Step.Continue(ids.size(), Position.of(Phase.DELIVERIES));
  }

  private static void deleteByIds(Handle handle, String statement, long companyId, List<UUID> ids) {
    handle
        .createUpdate(statement)
        .bind("company", companyId)
        .bind("ids", ColumnValues.uuidArray(ids))
        .bind("first", ids.getFirst())
        .bind("last", ids.getLast())
        .execute();
  }

  private record ScannedEvents(@Nullable UUID last, List<UUID> ids) {}

  private static Step deleteEvents(Handle handle, Job job, long companyId, UUID after) {
    UUID from = after.equals(MIN_ID) ? firstEventId(handle, companyId) : after;
    ScannedEvents scanned =
        handle
            .createQuery(SCAN_EVENTS)
            .bind("after", from)
            .bind("end", UuidV7.lowerBound(job.createdAt().plus(CLOCK_TOLERANCE)))
            .bind("limit", EVENTS_PER_STEP)
            .bind("company", companyId)
            .map((row, _) ->
                new ScannedEvents(
                    ColumnValues.uuidOrNull(row, "last"), ColumnValues.uuidArray(row, "ids")))
            .one();
    if (scanned.last() == null) {
      return new Step.Continue(0, Position.of(Phase.REFS));
    }
    if (!scanned.ids().isEmpty()) {
      deleteByIds(handle, DELETE_EVENTS, companyId, scanned.ids());
    }
    return new Step.Continue(0, new Position(Phase.EVENTS, scanned.last()).toString());
  }

  private static UUID firstEventId(Handle handle, long companyId) {
    return handle
        .createQuery(CREATED_AT)
        .bind("company", companyId)
        .map((row, _) -> ColumnValues.instant(row, "created_at"))
        .findOne()
        .map(createdAt -> UuidV7.lowerBound(createdAt.minus(CLOCK_TOLERANCE)))
        .orElse(MIN_ID);
  }

  private static Step deleteRefs(Handle handle, long companyId) {
    handle.execute("set local enable_hashjoin = off");
    handle.execute("set local enable_mergejoin = off");
    int deleted =
        handle
            .createUpdate(DELETE_REFS)
            .bind("company", companyId)
            .bind("limit", BATCH_SIZE)
            .execute();
    return new Step.Continue(0, Position.of(deleted == 0 ? Phase.CONFIGURATION : Phase.REFS));
  }

  /// A row that a straggler left is removed by going through all phases again.
  private Step deleteConfiguration(Handle handle, Job job, long companyId) {
    if (canceller.hasOpen(handle, companyId) || count(handle, companyId) > 0) {
      return new Step.Continue(0, Position.of(Phase.OPEN));
    }
    boolean isCounted =
        handle.createQuery(IS_COUNTED).bind("id", job.id()).mapTo(Boolean.class).one();
    if (!isCounted) {
      return new Step.Continue(0, Position.of(Phase.CONFIGURATION), OWNER_WAIT);
    }
    CompanyRows.delete(handle, companyId, job.id());
    return new Step.Finish(0, null);
  }
}
