package com.poolbrain.webhooks.testkit.service;

/// A webhook as a consumer got it.
///
/// @param companyId whose endpoint it came to
/// @param signature the value of `X-Webhook-Signature`
/// @param eventId the value of `X-Webhook-Event-Id`
/// @param body its exact bytes
public record AuditedWebhook(long companyId, String signature, String eventId, byte[] body) {}
