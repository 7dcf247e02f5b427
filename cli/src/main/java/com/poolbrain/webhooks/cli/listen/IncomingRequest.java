package com.poolbrain.webhooks.cli.listen;

import org.jspecify.annotations.Nullable;

/// A request as it came.
///
/// @param signature the value of `X-Webhook-Signature`; null if there was none
/// @param attempt the value of `X-Webhook-Attempt`; null if there was none
/// @param body its raw bytes
public record IncomingRequest(@Nullable String signature, @Nullable String attempt, byte[] body) {}
