package com.poolbrain.webhooks.store.job;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The background jobs. A running job belongs to the node that claimed it; when that node is dead,
/// another one claims it. Each step locks the row of the job, so a node that lost it does nothing.
public final class Jobs {

  private static final String INSERT =
      """
      insert into job (id, kind, status, company_id, endpoint_id, since, until, rate_per_second,
                       customer_id, actor, from_address, total, created_at)
      values (:id, :kind, 'running', :company, :endpoint::uuid, :since, :until, :rate,
              :customer, :actor, :address, :total, clock_timestamp())
      on conflict do nothing
      returning
      """
          + JobMapper.COLUMNS;

  private static final String FIND_RUNNING =
      "select "
          + JobMapper.COLUMNS
          + """
          from job
          where status = 'running' and kind = :kind
            and company_id is not distinct from :company::bigint
            and endpoint_id is not distinct from :endpoint::uuid
          """;

  private static final String CLAIM =
      """
      update job set owner = :owner
      where id in (
        select id from job
        where status = 'running'
          and (owner is null or not exists (select from node where incarnation = job.owner))
        order by id
        for update skip locked)
      """;

  private static final String OWNED =
      "select "
          + JobMapper.COLUMNS
          + """
          from job where status = 'running' and owner = :owner order by id
          """;

  private static final String LOCK_OWNED =
      "select "
          + JobMapper.COLUMNS
          + """
          from job where id = :id and status = 'running' and owner = :owner for update
          """;

  private static final String RECORD_PROGRESS =
      """
      update job set done = done + :done, position = :position where id = :id
      """;

  private static final String RECORD_TOTAL =
      """
      update job set total = :total, position = :position where id = :id
      """;

  private static final String FINISH =
      """
      update job
      set status = :status, done = done + :done, detail = :detail, finished_at = clock_timestamp()
      where id = :id and status = 'running'
      """;

  private static final String GET =
      "select "
          + JobMapper.COLUMNS
          + """
          from job where id = :id
          """;

  private static final String LIST =
      "select "
          + JobMapper.COLUMNS
          + """
          from job
          where company_id = :company and id < :before
          order by id desc
          limit :limit
          """;

  private static final UUID MAX_ID = new UUID(-1, -1);

  private final Transactions transactions;
  private final Audit audit;
  private final Supplier<UUID> idGenerator;

  /// @param idGenerator generates UUIDs of version 7
  public Jobs(Transactions transactions, Audit audit, Supplier<UUID> idGenerator) {
    this.transactions = transactions;
    this.audit = audit;
    this.idGenerator = idGenerator;
  }

  /// The result of [#start].
  public sealed interface StartResult {

    /// The job was started.
    record Started(Job job) implements StartResult {}

    /// A job of this kind runs for the same scope already.
    record AlreadyRunning(UUID id) implements StartResult {}
  }

  /// Starts a job, which some node begins within a second.
  ///
  /// @param counter counts what there is to do, in the transaction that starts the job
  public StartResult start(JobRequest request, Actor actor, Function<Handle, Long> counter) {
    return write(handle -> start(handle, request, actor, counter));
  }

  /// Starts a job in the transaction of a handle.
  public StartResult start(
      Handle handle, JobRequest request, Actor actor, Function<Handle, Long> counter) {
    UUID running = findRunning(handle, request);
    if (running != null) {
      return new StartResult.AlreadyRunning(running);
    }
    Job job =
        JobMapper.bindParameters(
                bindScope(handle.createQuery(INSERT), request), request.parameters())
            .bind("id", idGenerator.get())
            .bind("actor", actor.name())
            .bind("address", actor.fromAddress())
            .bind("total", counter.apply(handle))
            .map((row, _) -> JobMapper.fromRow(row))
            .findOne()
            .orElse(null);
    if (job == null) {
      return new StartResult.AlreadyRunning(Objects.requireNonNull(findRunning(handle, request)));
    }
    appendAudit(handle, actor, AuditAction.JOB_STARTED, job);
    return new StartResult.Started(job);
  }

  /// The id of the running job of a request's kind and scope; null if there is none.
  public @Nullable UUID findRunning(Handle handle, JobRequest request) {
    return bindScope(handle.createQuery(FIND_RUNNING), request)
        .map((row, _) -> JobMapper.fromRow(row).id())
        .findOne()
        .orElse(null);
  }

  /// Counts what a job would do, and starts none.
  public long count(Function<Handle, Long> counter) {
    return transactions.read(connection -> counter.apply(Jdbi.open(connection)));
  }

  private static Query bindScope(Query query, JobRequest request) {
    return query
        .bind("kind", request.kind().wireName())
        .bind("company", request.scope().companyId())
        .bind("endpoint", request.scope().endpointId());
  }

  /// Claims the running jobs that no live node owns, and returns all that this node owns.
  public List<Job> claim(UUID incarnation) {
    return write(handle -> {
      handle.createUpdate(CLAIM).bind("owner", incarnation).execute();
      return handle
          .createQuery(OWNED)
          .bind("owner", incarnation)
          .map((row, _) -> JobMapper.fromRow(row))
          .list();
    });
  }

  /// Does one step of a job and records it, in one transaction.
  ///
  /// @return how long to wait before the next step; null if the job has ended or this incarnation
  ///   no longer owns it
  public @Nullable Duration runStep(UUID jobId, UUID incarnation, JobWork work) {
    return write(handle -> {
      Job job =
          handle
              .createQuery(LOCK_OWNED)
              .bind("id", jobId)
              .bind("owner", incarnation)
              .map((row, _) -> JobMapper.fromRow(row))
              .findOne()
              .orElse(null);
      return job == null ? null : record(handle, jobId, work.runStep(handle, job));
    });
  }

  private static @Nullable Duration record(Handle handle, UUID jobId, Step step) {
    return switch (step) {
      case Step.Continue(long done, String position, Duration pause) -> {
        handle
            .createUpdate(RECORD_PROGRESS)
            .bind("id", jobId)
            .bind("done", done)
            .bind("position", position)
            .execute();
        yield pause;
      }
      case Step.Count(long total, String position) -> {
        handle
            .createUpdate(RECORD_TOTAL)
            .bind("id", jobId)
            .bind("total", total)
            .bind("position", position)
            .execute();
        yield Duration.ZERO;
      }
      case Step.Finish(long done, String detail) -> {
        finish(handle, jobId, JobStatus.DONE, done, detail);
        yield null;
      }
      case Step.Cancel(String detail) -> {
        finish(handle, jobId, JobStatus.CANCELLED, 0, detail);
        yield null;
      }
    };
  }

  private static boolean finish(
      Handle handle, UUID jobId, JobStatus status, long done, @Nullable String detail) {
    return handle
            .createUpdate(FINISH)
            .bind("id", jobId)
            .bind("status", status.wireName())
            .bind("done", done)
            .bind("detail", detail)
            .execute()
        == 1;
  }

  /// Ends a job as failed, because a step can't be done.
  public void fail(UUID jobId, String detail) {
    write(handle -> finish(handle, jobId, JobStatus.FAILED, 0, detail));
  }

  /// Ends a running job before it is complete.
  ///
  /// @return the job as it is then, whether it was running or not; null if there is none
  public @Nullable Job cancel(UUID jobId, Actor actor, String detail) {
    return write(handle -> {
      boolean isCancelled = finish(handle, jobId, JobStatus.CANCELLED, 0, detail);
      Job job = get(handle, jobId);
      if (job != null && isCancelled) {
        appendAudit(handle, actor, AuditAction.JOB_CANCELLED, job);
      }
      return job;
    });
  }

  /// A job; null if there is none with this id.
  public @Nullable Job get(UUID jobId) {
    return transactions.read(connection -> get(Jdbi.open(connection), jobId));
  }

  private static @Nullable Job get(Handle handle, UUID jobId) {
    return handle
        .createQuery(GET)
        .bind("id", jobId)
        .map((row, _) -> JobMapper.fromRow(row))
        .findOne()
        .orElse(null);
  }

  /// One page of the jobs of a company, newest first.
  ///
  /// @param before the last id of the previous page; null for the first page
  public Page<Job> list(long companyId, @Nullable UUID before, int limit) {
    return transactions.read(connection ->
        Page.of(
            Jdbi.open(connection)
                .createQuery(LIST)
                .bind("company", companyId)
                .bind("before", before == null ? MAX_ID : before)
                .bind("limit", limit + 1)
                .map((row, _) -> JobMapper.fromRow(row))
                .list(),
            limit));
  }

  private void appendAudit(Handle handle, Actor actor, AuditAction action, Job job) {
    audit.append(
        handle,
        actor,
        action,
        new Subject(job.scope().companyId(), job.scope().endpointId(), null),
        auditedFields(job));
  }

  private static FieldChanges auditedFields(Job job) {
    FieldChanges fields =
        FieldChanges.none()
            .added("job_id", job.id().toString())
            .added("kind", job.kind().wireName());
    return job.parameters() instanceof AcceptedBetween(var since, var until, double rate)
        ? fields
            .added("since", since.toString())
            .added("until", until.toString())
            .added("rate_per_second", rate)
        : fields;
  }

  private <T extends @Nullable Object> T write(Function<Handle, T> callback) {
    return transactions.inTransaction(connection -> callback.apply(Jdbi.open(connection)));
  }
}
