package com.poolbrain.webhooks.api.publish;

import org.jspecify.annotations.Nullable;

/// Who publishes, as far as reading the request depends on it.
///
/// @param keyId id of the API key: within it the key of the header is unique
/// @param companyId the only company that it may publish for; null for any
/// @param idempotencyKey the `Idempotency-Key` header, if there was one
public record PublishContext(
    String keyId, @Nullable Long companyId, @Nullable String idempotencyKey) {}
