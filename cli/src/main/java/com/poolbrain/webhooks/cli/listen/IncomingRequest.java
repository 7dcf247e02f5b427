package com.poolbrain.webhooks.cli.listen;

import org.jspecify.annotations.Nullable;

/// A received request.
///
/// @param signature value of `X-Webhook-Signature`; null if the header is missing
/// @param attempt value of `X-Webhook-Attempt`; null if the header is missing
/// @param body raw bytes
public record IncomingRequest(@Nullable String signature, @Nullable String attempt, byte[] body) {}
