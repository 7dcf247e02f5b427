package com.poolbrain.webhooks.management.session;

import org.jspecify.annotations.Nullable;

/// The fields of a new portal link.
///
/// @param role `viewer` or `manager`
/// @param user the user whom the link is for
/// @param ttlSeconds how long the link can be opened; null for five minutes
public record PortalLinkInput(
    @Nullable String role, @Nullable String user, @Nullable Long ttlSeconds) {}
