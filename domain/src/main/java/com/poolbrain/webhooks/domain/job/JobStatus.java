package com.poolbrain.webhooks.domain.job;

import com.poolbrain.webhooks.domain.WireNamed;

/// How far a background job is.
public enum JobStatus implements WireNamed {
  RUNNING,
  DONE,
  CANCELLED,
  FAILED;

  /// The status with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no status has this name
  public static JobStatus fromWireName(String wireName) {
    return WireNamed.find(JobStatus.class, "job status", wireName);
  }
}
