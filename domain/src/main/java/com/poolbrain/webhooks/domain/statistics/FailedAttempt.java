package com.poolbrain.webhooks.domain.statistics;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An attempt that failed, as a sample of what is wrong with an endpoint.
///
/// @param statusCode null if no status line was received
public record FailedAttempt(UUID deliveryId, ErrorClass error, @Nullable Integer statusCode) {}
