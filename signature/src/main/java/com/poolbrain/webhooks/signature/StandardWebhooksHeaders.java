package com.poolbrain.webhooks.signature;

import org.jspecify.annotations.Nullable;

/// The three Standard Webhooks headers of a request, as they came; null if one is missing.
///
/// @param id `webhook-id`
/// @param timestamp `webhook-timestamp`: Unix seconds
/// @param signature `webhook-signature`: one or more `v1,<base64>`, separated by spaces
public record StandardWebhooksHeaders(
    @Nullable String id, @Nullable String timestamp, @Nullable String signature) {}
