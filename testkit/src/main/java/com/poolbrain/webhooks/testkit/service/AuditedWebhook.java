package com.poolbrain.webhooks.testkit.service;

/// Webhook as received.
///
/// @param companyId company of the endpoint
/// @param signature the value of `X-Webhook-Signature`
/// @param eventId the value of `X-Webhook-Event-Id`
/// @param body the exact bytes
public record AuditedWebhook(long companyId, String signature, String eventId, byte[] body) {}
