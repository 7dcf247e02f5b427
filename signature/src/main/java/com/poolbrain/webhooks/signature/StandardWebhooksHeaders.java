package com.poolbrain.webhooks.signature;

import org.jspecify.annotations.Nullable;

/// The headers of Standard Webhooks 1.0 as they were received; null for a missing header.
///
/// @param id `webhook-id`
/// @param timestamp `webhook-timestamp`: Unix seconds
/// @param signature `webhook-signature`: one or more `v1,<base64>`, separated by spaces
public record StandardWebhooksHeaders(
    @Nullable String id, @Nullable String timestamp, @Nullable String signature) {}
