package com.poolbrain.webhooks.store.job;

import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobKind;
import org.jdbi.v3.core.Handle;

/// The work of one kind of job.
public interface JobWork {

  JobKind kind();

  /// Does the next step, in the transaction that records its progress. A step should take less than
  /// a second.
  Job.Step runStep(Handle handle, Job job);

  /// Is called after the transaction of a step was committed.
  ///
  /// @param job as it was before the step
  default void afterStep(Job job) {}
}
