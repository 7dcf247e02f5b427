package com.poolbrain.webhooks.bench.crash;

/// A webhook as a consumer got it.
///
/// @param company whose endpoint it came to
/// @param signature the value of `X-Webhook-Signature`
/// @param eventId the value of `X-Webhook-Event-Id`
/// @param body its exact bytes
public record Webhook(long company, String signature, String eventId, byte[] body) {}
