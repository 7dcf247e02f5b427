package com.poolbrain.webhooks.domain.job;

/// A background job to start.
public record JobRequest(JobKind kind, Job.Scope scope, JobParameters parameters) {

  /// A job without parameters.
  public JobRequest(JobKind kind, Job.Scope scope) {
    this(kind, scope, JobParameters.NONE);
  }
}
