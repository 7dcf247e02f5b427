package com.poolbrain.webhooks.management.eventtype;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller sent as an event type. Null means absent.
///
/// @param schema compact JSON in ASCII
/// @param samples compact JSON in ASCII
public record EventTypeInput(
    @Nullable String description,
    @Nullable String category,
    @Nullable Boolean mayBeGrouped,
    byte @Nullable [] schema,
    byte @Nullable [] samples,
    @Nullable List<String> searchable) {}
