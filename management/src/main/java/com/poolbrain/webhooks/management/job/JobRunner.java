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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the jobs that this node owns, one step of each in turn, and claims those of dead nodes.
public final class JobRunner implements Service {

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Map<JobKind, JobWork> works;
  private final Supplier<UUID> incarnation;
  private final WakeableLoop loop;

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
    this.loop = new WakeableLoop(clock, threads, this::runSteps);
  }

  @Override
  public void start() {
    loop.start();
  }

  /// Looks for new jobs now.
  void wake() {
    loop.wake();
  }

  @Override
  public void close() {
    loop.close();
  }

  private Duration runSteps() {
    try {
      UUID owner = incarnation.get();
      boolean hasMore = false;
      for (Job job : jobs.claim(owner)) {
        hasMore |= runStep(job, owner);
      }
      return hasMore ? Duration.ZERO : CLAIM_INTERVAL;
    } catch (LedgerException unavailable) {
      log.debug("Jobs wait for the database: {}", unavailable.getMessage());
      return CLAIM_INTERVAL;
    }
  }

  private boolean runStep(Job job, UUID owner) {
    JobWork work = works.get(job.kind());
    if (work == null) {
      throw new IllegalStateException("no work for jobs of kind " + job.kind());
    }
    try {
      return jobs.runStep(job.id(), owner, work);
    } catch (LedgerException unavailable) {
      throw unavailable;
    } catch (RuntimeException bug) {
      log.error("Job {} ({}) failed", job.id(), job.kind().wireName(), bug);
      jobs.fail(job.id(), "A step failed because of a bug; the log of the service has the cause.");
      return false;
    }
  }
}
