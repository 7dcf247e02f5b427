package com.poolbrain.webhooks.management.job;

import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.erasure.CustomerErasure;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.AlreadyRunning;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import com.poolbrain.webhooks.store.secret.KeyRotation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Background jobs, and the start of those that concern the whole service.
public final class JobManagement {

  private final CompanyManagement companies;
  private final Jobs jobs;
  private final KeyRotation keyRotation;
  private final CustomerErasure customerErasure;
  private final JobRunner runner;

  public JobManagement(
      CompanyManagement companies,
      Jobs jobs,
      KeyRotation keyRotation,
      CustomerErasure customerErasure,
      JobRunner runner) {
    this.companies = companies;
    this.jobs = jobs;
    this.keyRotation = keyRotation;
    this.customerErasure = customerErasure;
    this.runner = runner;
  }

  /// Starts to encrypt all secrets anew with the present master key. Refused while such a job runs.
  public Result<Job> rotateMasterKey(Principal principal) {
    Operation.ROTATE_MASTER_KEY.require(principal);
    return switch (jobs.start(
        new JobRequest(JobKind.ROTATE_KEYS, Scope.SERVICE),
        principal.actor(),
        keyRotation::count)) {
      case Started(Job job) -> {
        runner.wake();
        yield new Done<>(job);
      }
      case AlreadyRunning(UUID id) ->
          new Refused<>(
              "The master key is being rotated already, by job %s; wait until it has ended."
                  .formatted(id));
    };
  }

  /// A job.
  ///
  /// @throws NotFound if there is none, or it concerns another company
  public Job get(Principal principal, UUID id) {
    return requireAccess(principal, Operation.READ_JOBS, id);
  }

  /// Jobs of a company, newest first.
  ///
  /// @param before the last id of the page before; null for the first page
  public Page<Job> list(Principal principal, long companyId, @Nullable UUID before, int limit) {
    Operation.READ_COMPANY_JOBS.require(principal, companyId);
    companies.requireExists(companyId);
    return jobs.list(companyId, before, limit);
  }

  /// Ends a running job before it is complete. What it did stays done. The deletion of a company
  /// can't be cancelled, and an erasure only by operators.
  public Result<Job> cancel(Principal principal, UUID id) {
    Job running = requireAccess(principal, Operation.CANCEL_JOBS, id);
    Long companyId = running.scope().companyId();
    if (running.kind() == JobKind.DELETE_COMPANY && running.status() == JobStatus.RUNNING) {
      return new Refused<>(
          "The deletion of a company can't be cancelled; wait until it has ended.");
    }
    if (running.kind() == JobKind.ERASE && companyId != null) {
      Operation.ERASE_CONTENT.require(principal, companyId);
    }
    Job job = jobs.cancel(id, principal.actor(), "It was cancelled by " + principal.actor().name());
    if (job == null) {
      throw NotFound.job(id);
    }
    if (job.kind() == JobKind.ERASE && companyId != null) {
      customerErasure.release(companyId, principal.actor());
    }
    return job.status() == JobStatus.CANCELLED
        ? new Done<>(job)
        : new Refused<>("This job has ended; it can't be cancelled.");
  }

  private Job requireAccess(Principal principal, Operation operation, UUID id) {
    operation.require(principal);
    Job job = jobs.get(id);
    if (job == null || !isAccessible(principal, job)) {
      throw NotFound.job(id);
    }
    return job;
  }

  /// A job of the whole service is an operator's.
  private static boolean isAccessible(Principal principal, Job job) {
    Long companyId = job.scope().companyId();
    return companyId == null
        ? Operation.ROTATE_MASTER_KEY.isAllowed(principal)
        : principal.canAccessCompany(companyId);
  }
}
