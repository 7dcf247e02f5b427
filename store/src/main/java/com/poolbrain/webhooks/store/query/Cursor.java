package com.poolbrain.webhooks.store.query;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a list of deliveries goes on: after this place.
///
/// @param eventId in a search by what events refer to, the event that the page before ended within
///   or after; else null
public record Cursor(UUID deliveryId, @Nullable UUID eventId) {}
