package com.poolbrain.webhooks.management.job;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.RefusalText;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.store.config.Companies;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.AlreadyRunning;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import com.poolbrain.webhooks.store.recovery.DeliveryJobWork;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Starts the jobs that deliver: recover what failed at an endpoint, replay what was never sent to
/// it.
public final class RecoveryManagement {

  /// Deliveries per second unless the caller chooses.
  public static final int DEFAULT_RATE_PER_SECOND = 50;

  /// Fewest deliveries per second.
  public static final double MIN_RATE_PER_SECOND = 0.1;

  /// Most deliveries per second.
  public static final int MAX_RATE_PER_SECOND = 10_000;

  private final Companies companies;
  private final Endpoints endpoints;
  private final Jobs jobs;
  private final List<DeliveryJobWork> works;
  private final JobRunner runner;
  private final InstantSource clock;
  private final int retentionDays;

  /// @param works the work of each kind
  /// @param retentionDays full days before today that are kept
  public RecoveryManagement(
      Companies companies,
      Endpoints endpoints,
      Jobs jobs,
      List<DeliveryJobWork> works,
      JobRunner runner,
      InstantSource clock,
      int retentionDays) {
    this.companies = companies;
    this.endpoints = endpoints;
    this.jobs = jobs;
    this.works = List.copyOf(works);
    this.runner = runner;
    this.clock = clock;
    this.retentionDays = retentionDays;
  }

  /// The rules that an input breaks.
  public List<ValidationError> validate(RecoveryInput input) {
    var errors = new ValidationErrors();
    Instant now = clock.instant();
    Instant since = input.since();
    Instant until = input.until();
    if (since == null) {
      errors.add("/since", "Is missing; send a time such as \"2026-02-13T06:00:00Z\".");
    } else if (since.isAfter(now)) {
      errors.add("/since", "Is in the future; send an earlier time.");
    } else if (since.isBefore(firstKept(now))) {
      errors.add(
          "/since",
          ("Is older than the retention of %d days, after which deliveries are deleted; send a"
                  + " later time.")
              .formatted(retentionDays));
    } else if (until != null && until.isBefore(since)) {
      errors.add("/until", "Is before since; send a later time, or leave it out for now.");
    }
    Double rate = input.ratePerSecond();
    if (rate != null && !(rate >= MIN_RATE_PER_SECOND && rate <= MAX_RATE_PER_SECOND)) {
      errors.add(
          "/rate_per_second",
          "Must be a number from %s to %d.".formatted(MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND));
    }
    return errors.kept();
  }

  private Instant firstKept(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC)
        .minusDays(retentionDays)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  /// How many deliveries a job would make. Exact up to [DeliveryJobWork#MAX_EXACT_COUNT], which
  /// stands for all greater numbers. Refused when the job would be, unless such a job runs.
  public Result<Long> count(
      Principal principal, long companyId, UUID endpointId, RecoveryInput input) {
    Operation.RECOVER_DELIVERIES.require(principal, companyId);
    AcceptedBetween range = requireValid(input);
    SkipReason blocked = findBlock(companyId, endpointId);
    if (blocked != null) {
      return new Refused<>(RefusalText.notSendable(blocked, companyId));
    }
    Scope scope = new Scope(companyId, endpointId);
    return new Done<>(jobs.count(handle -> work(input.kind()).count(handle, scope, range)));
  }

  /// Starts a job. Refused while webhooks are off, the endpoint is paused, or a job of the kind
  /// runs for it.
  public Result<Job> start(
      Principal principal, long companyId, UUID endpointId, RecoveryInput input) {
    Operation.RECOVER_DELIVERIES.require(principal, companyId);
    AcceptedBetween range = requireValid(input);
    SkipReason blocked = findBlock(companyId, endpointId);
    if (blocked != null) {
      return new Refused<>(RefusalText.notSendable(blocked, companyId));
    }
    Scope scope = new Scope(companyId, endpointId);
    return switch (jobs.start(
        new JobRequest(input.kind(), scope, range),
        principal.actor(),
        handle -> work(input.kind()).count(handle, scope, range))) {
      case Started(Job job) -> {
        runner.wake();
        yield new Done<>(job);
      }
      case AlreadyRunning(UUID id) ->
          new Refused<>(
              "Job %s does this for the endpoint already; wait until it has ended, or cancel it."
                  .formatted(id));
    };
  }

  private @Nullable SkipReason findBlock(long companyId, UUID endpointId) {
    Company company = companies.get(companyId);
    if (company == null) {
      throw NotFound.company(companyId);
    }
    Endpoint endpoint = endpoints.get(companyId, endpointId);
    if (endpoint == null) {
      throw NotFound.endpoint(companyId, endpointId);
    }
    return new CompanyConfig(company, List.of(endpoint)).blockReason(endpoint);
  }

  /// A range that ends in the future ends now: what is accepted later is delivered anyway.
  private AcceptedBetween requireValid(RecoveryInput input) {
    List<ValidationError> errors = validate(input);
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    Instant now = clock.instant();
    Instant until = input.until();
    return new AcceptedBetween(
        Objects.requireNonNull(input.since()),
        until == null || until.isAfter(now) ? now : until,
        Objects.requireNonNullElse(input.ratePerSecond(), (double) DEFAULT_RATE_PER_SECOND));
  }

  private DeliveryJobWork work(JobKind kind) {
    return works.stream()
        .filter(work -> work.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind + " does not deliver"));
  }
}
