package com.poolbrain.webhooks.management.job;

import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.job.Jobs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the jobs that this node owns, one step of each in turn, and claims those of dead nodes.
public final class JobRunner implements Service {

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Map<JobKind, JobWork> works;
  private final Supplier<UUID> incarnation;
  private final Clock clock;
  private final WakeableLoop loop;

  /// When the next step of a job may begin, in nanoseconds of the clock. Only the loop uses it.
  private final Map<UUID, Long> nextSteps = new HashMap<>();

  /// @param incarnation the present incarnation of this node
  public JobRunner(
      Jobs jobs,
      List<JobWork> works,
      Supplier<UUID> incarnation,
      Clock clock,
      ThreadFactory threads) {
    this.jobs = jobs;
    this.works = works.stream().collect(Collectors.toMap(JobWork::kind, Function.identity()));
    this.incarnation = incarnation;
    this.clock = clock;
    this.loop = new WakeableLoop(clock, threads, this::runSteps);
  }

  @Override
  public void start() {
    loop.start();
  }

  /// Looks for new jobs now.
  public void wake() {
    loop.wake();
  }

  @Override
  public void close() {
    loop.close();
  }

  private Duration runSteps() {
    try {
      UUID owner = incarnation.get();
      List<Job> owned = jobs.claim(owner);
      nextSteps.keySet().retainAll(owned.stream().map(Job::id).toList());
      Duration untilNext = CLAIM_INTERVAL;
      for (Job job : owned) {
        Duration pause = runStepIfDue(job, owner);
        if (pause != null && pause.compareTo(untilNext) < 0) {
          untilNext = pause;
        }
      }
      return untilNext;
    } catch (LedgerException unavailable) {
      log.debug("Jobs wait for the database: {}", unavailable.getMessage());
      return CLAIM_INTERVAL;
    }
  }

  /// @return how long until the next step of the job; null if it has ended
  private @Nullable Duration runStepIfDue(Job job, UUID owner) {
    long startedAt = clock.nanoTime();
    long wait = nextSteps.getOrDefault(job.id(), startedAt) - startedAt;
    if (wait > 0) {
      return Duration.ofNanos(wait);
    }
    Duration pause = runStep(job, owner);
    if (pause == null) {
      nextSteps.remove(job.id());
      return null;
    }
    long nextStep = startedAt + pause.toNanos();
    nextSteps.put(job.id(), nextStep);
    return Duration.ofNanos(Math.max(nextStep - clock.nanoTime(), 0));
  }

  private @Nullable Duration runStep(Job job, UUID owner) {
    JobWork work = works.get(job.kind());
    if (work == null) {
      throw new IllegalStateException("no work for jobs of kind " + job.kind());
    }
    try {
      Duration pause = jobs.runStep(job.id(), owner, work);
      work.afterStep(job);
      return pause;
    } catch (LedgerException.Unavailable | LedgerException.CommitUnknown unavailable) {
      throw unavailable;
    } catch (RuntimeException bug) {
      log.error("Job {} ({}) failed", job.id(), job.kind().wireName(), bug);
      jobs.fail(job.id(), "A step failed because of a bug; the log of the service has the cause.");
      return null;
    }
  }
}
