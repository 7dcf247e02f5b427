package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The latest recorded attempt of a delivery.
///
/// @param statusCode of the response; null if there was none
/// @param error the class of the failure; null if the attempt succeeded
public record LastAttempt(
    int number,
    Trigger trigger,
    Instant startedAt,
    Duration duration,
    @Nullable Integer statusCode,
    @Nullable ErrorClass error) {}
