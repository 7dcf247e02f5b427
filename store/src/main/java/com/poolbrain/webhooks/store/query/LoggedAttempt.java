package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt on record.
///
/// @param number from 1 within its delivery
/// @param statusCode of the answer, if there was one
/// @param error why it failed; null if it succeeded
/// @param responseBody the beginning of the answer, if there was one
/// @param late whether its node no longer owned the delivery: the failure changed nothing
public record LoggedAttempt(
    int number,
    Trigger trigger,
    Instant startedAt,
    Duration duration,
    @Nullable Integer statusCode,
    @Nullable ErrorClass error,
    @Nullable String responseBody,
    boolean late) {}
