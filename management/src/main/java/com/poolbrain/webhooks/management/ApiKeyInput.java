package com.poolbrain.webhooks.management;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of a new API key.
///
/// @param scopes [Scope#wireName()]s
/// @param companyId the only company that the key may access; null for all
/// @param expiresAt when it stops being valid; null for never
public record ApiKeyInput(
    @Nullable String name,
    @Nullable List<String> scopes,
    @Nullable Long companyId,
    @Nullable Instant expiresAt) {}
