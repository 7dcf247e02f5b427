package com.poolbrain.webhooks.store.query;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A position in a list of deliveries. The next page begins after it.
///
/// @param eventId in a search by reference, the event of the last delivery of the page; otherwise
///   null
public record Cursor(UUID deliveryId, @Nullable UUID eventId) {}
