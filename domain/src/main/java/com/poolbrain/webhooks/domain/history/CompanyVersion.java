package com.poolbrain.webhooks.domain.history;

import java.time.Instant;

/// The "Use Webhooks" setting of a company from a time on.
///
/// @param version of the configuration that made it so
/// @param isCreation whether the company was created so
/// @param validFrom when it became so
/// @param actor who made it so
public record CompanyVersion(
    long version, boolean webhooksEnabled, boolean isCreation, Instant validFrom, String actor) {}
