package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted.RestartedDelivery;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate.EndedDelivery;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate.MissingDelivery;
import com.poolbrain.webhooks.store.recovery.JobPosition.Counting;
import com.poolbrain.webhooks.store.recovery.JobPosition.Delivering;
import com.poolbrain.webhooks.store.recovery.JobTarget.Active;
import com.poolbrain.webhooks.store.recovery.JobTarget.Blocked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The work of jobs that deliver. Each step makes some deliveries of one endpoint open, in the
/// transaction of the job's position, so none is made twice or lost. A step makes none while live
/// deliveries of the endpoint wait in the ledger, or while enough deliveries of the job wait.
public final class DeliveryJobWork implements JobWork {

  /// A count is exact up to here.
  public static final int MAX_EXACT_COUNT = 10_000;

  /// Due deliveries of the endpoint that no node has claimed: those of live traffic, or too many.
  private static final String HAS_BACKLOG =
      """
      select count(*) >= :maxWaiting or count(*) filter (where job_id is null) > 0
      from (
        select job_id from open_delivery
        where owner is null and endpoint_id = :endpoint and due_at <= now()
        order by due_at, id
        limit :maxWaiting) as due
      """;

  private static final String COUNT_WAITING =
      """
      select count(*)
      from (
        select from open_delivery where job_id = :job and schedule_step = 0 limit :limit) as waiting
      """;

  private static final int COUNT_BATCH = 5_000;

  /// Between two scans, so that a job that searches does not keep a processor busy.
  private static final Duration SCAN_PAUSE = Duration.ofMillis(50);

  /// While others are served first.
  private static final Duration YIELD_PAUSE = Duration.ofMillis(50);

  /// While a manual attempt runs.
  private static final Duration MANUAL_ATTEMPT_PAUSE = Duration.ofMillis(200);

  private final CandidateScan scan;
  private final Consumer<DeliveriesRestarted> listener;

  /// What the last step of each job made, until its transaction was committed.
  private final Map<UUID, DeliveriesRestarted> uncommitted = new ConcurrentHashMap<>();

  private DeliveryJobWork(CandidateScan scan, Consumer<DeliveriesRestarted> listener) {
    this.scan = scan;
    this.listener = listener;
  }

  /// The work of [JobKind#RECOVER].
  ///
  /// @param eventTypes event types by any of their names, null for an unknown name
  /// @param listener is told what each step made due
  public static DeliveryJobWork recover(
      Function<String, @Nullable EventType> eventTypes, Consumer<DeliveriesRestarted> listener) {
    return new DeliveryJobWork(new FailedDeliveries(eventTypes), listener);
  }

  /// The work of [JobKind#REPLAY_MISSING].
  ///
  /// @param eventTypes event types by any of their names, null for an unknown name
  /// @param listener is told what each step made due
  public static DeliveryJobWork replayMissing(
      Function<String, @Nullable EventType> eventTypes, Consumer<DeliveriesRestarted> listener) {
    return new DeliveryJobWork(new MissingDeliveries(eventTypes), listener);
  }

  @Override
  public JobKind kind() {
    return scan.kind();
  }

  /// How many deliveries a job would make now, at most [#MAX_EXACT_COUNT].
  public long count(Handle handle, Scope scope, AcceptedBetween range) {
    if (!(JobTarget.read(handle, scope, null) instanceof Active target)) {
      return 0;
    }
    UUID after = first(range);
    long counted = 0;
    while (counted < MAX_EXACT_COUNT) {
      Candidates found = scan.scan(handle, target, after, end(range), COUNT_BATCH);
      counted += found.items().size();
      if (found.isComplete()) {
        break;
      }
      after = found.scannedTo();
    }
    return Math.min(counted, MAX_EXACT_COUNT);
  }

  @Override
  public Step runStep(Handle handle, Job job) {
    uncommitted.remove(job.id());
    return switch (JobTarget.read(handle, job.scope(), job.createdAt())) {
      case Blocked(String detail) -> new Step.Cancel(detail);
      case Active target ->
          switch (position(job)) {
            case Counting counting -> count(handle, job, target, counting);
            case Delivering(UUID after) -> deliver(handle, job, target, after);
          };
    };
  }

  @Override
  public void afterStep(Job job) {
    DeliveriesRestarted made = uncommitted.remove(job.id());
    if (made != null) {
      listener.accept(made);
    }
  }

  private static JobPosition position(Job job) {
    if (job.position() != null) {
      return JobPosition.parse(job.position());
    }
    UUID first = first(range(job));
    return job.total() < MAX_EXACT_COUNT ? new Delivering(first) : new Counting(first, 0);
  }

  private static AcceptedBetween range(Job job) {
    return (AcceptedBetween) job.parameters();
  }

  private static UUID first(AcceptedBetween range) {
    return UuidV7.lowerBound(range.since());
  }

  private static UUID end(AcceptedBetween range) {
    return UuidV7.lowerBound(range.until().plus(Duration.ofMillis(1)));
  }

  private Step count(Handle handle, Job job, Active target, Counting position) {
    AcceptedBetween range = range(job);
    Candidates found = scan.scan(handle, target, position.after(), end(range), COUNT_BATCH);
    long counted = position.counted() + found.items().size();
    JobPosition next =
        found.isComplete()
            ? new Delivering(first(range))
            : new Counting(found.scannedTo(), counted);
    return new Step.Count(Math.max(counted, job.total()), next.format());
  }

  private Step deliver(Handle handle, Job job, Active target, UUID after) {
    JobPace pace = new JobPace(range(job).ratePerSecond());
    int room = pace.maxWaiting() - countWaiting(handle, job.id(), pace.maxWaiting());
    if (room <= 0 || hasBacklog(handle, target.endpointId(), pace.maxWaiting())) {
      return new Step.Continue(0, new Delivering(after).format(), YIELD_PAUSE);
    }
    Candidates found =
        scan.scan(handle, target, after, end(range(job)), Math.min(room, pace.batchSize()));
    return restart(new DeliveryRestart(handle, target, job.id()), found, after, pace);
  }

  /// Restarts what was found, up to the first delivery that has a manual attempt: the next step
  /// begins there, because that attempt may fail.
  private Step restart(DeliveryRestart restart, Candidates found, UUID after, JobPace pace) {
    Set<UUID> events = restart.lockEvents(found.items());
    List<Candidate> unerased =
        found.items().stream().filter(item -> events.contains(item.eventId())).toList();
    Set<UUID> locked = restart.lockEnded(kind(), select(unerased, EndedDelivery.class));
    Set<UUID> reopened = restart.findReopened(locked);
    List<Candidate> ready = new ArrayList<>();
    UUID position = after;
    for (Candidate candidate : unerased) {
      if (candidate instanceof EndedDelivery(_, UUID id, _) && reopened.contains(id)) {
        int made = restart(restart, ready);
        return new Step.Continue(made, new Delivering(position).format(), MANUAL_ATTEMPT_PAUSE);
      }
      if (!(candidate instanceof EndedDelivery(_, UUID id, _)) || locked.contains(id)) {
        ready.add(candidate);
      }
      position = candidate.position();
    }
    int made = restart(restart, ready);
    Duration pause = made == 0 ? SCAN_PAUSE : pace.pauseAfter(made);
    return found.isComplete()
        ? new Step.Finish(made, null)
        : new Step.Continue(made, new Delivering(found.scannedTo()).format(), pause);
  }

  private int restart(DeliveryRestart restart, List<Candidate> ready) {
    List<RestartedDelivery> made =
        new ArrayList<>(restart.moveBack(select(ready, EndedDelivery.class)));
    made.addAll(restart.insert(select(ready, MissingDelivery.class)));
    if (!made.isEmpty()) {
      uncommitted.put(restart.jobId(), restart.toEvent(made));
    }
    return made.size();
  }

  private static <T extends Candidate> List<T> select(List<Candidate> all, Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static int countWaiting(Handle handle, UUID jobId, int limit) {
    return handle
        .createQuery(COUNT_WAITING)
        .bind("job", jobId)
        .bind("limit", limit)
        .mapTo(Integer.class)
        .one();
  }

  private static boolean hasBacklog(Handle handle, UUID endpointId, int maxWaiting) {
    return handle
        .createQuery(HAS_BACKLOG)
        .bind("endpoint", endpointId)
        .bind("maxWaiting", maxWaiting)
        .mapTo(Boolean.class)
        .one();
  }
}
