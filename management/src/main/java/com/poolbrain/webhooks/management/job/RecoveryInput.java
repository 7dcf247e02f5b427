package com.poolbrain.webhooks.management.job;

import com.poolbrain.webhooks.domain.job.JobKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which deliveries to recover, or which missing ones to make.
///
/// @param kind [JobKind#RECOVER] or [JobKind#REPLAY_MISSING]
/// @param since the earliest time of acceptance; must not be null to be valid
/// @param until the latest time of acceptance; null for now
/// @param ratePerSecond deliveries per second; null for the default
public record RecoveryInput(
    JobKind kind,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Double ratePerSecond) {}
