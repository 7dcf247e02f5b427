package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.job.Job;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A background job as the API shows it.
record JobView(
    UUID id,
    String kind,
    @Nullable Long companyId,
    @Nullable UUID endpointId,
    String status,
    long total,
    long done,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String detail) {

  static JobView of(Job job) {
    return new JobView(
        job.id(),
        job.kind().wireName(),
        job.scope().companyId(),
        job.scope().endpointId(),
        job.status().wireName(),
        job.total(),
        job.done(),
        job.createdAt(),
        job.finishedAt(),
        job.detail());
  }
}
