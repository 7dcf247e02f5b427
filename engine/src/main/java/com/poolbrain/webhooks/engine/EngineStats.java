package com.poolbrain.webhooks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The present load of one node.
///
/// @param waiting deliveries in queues
/// @param queuedBytes of queued and reserved deliveries
/// @param inFlight running attempts
/// @param unrecorded attempts that run, and results that are not durable yet
/// @param liveNodes nodes that hold a lease, this one included
/// @param isLeaseFresh whether the last renewal is recent enough for attempts to start
/// @param oldestUnownedDue when the unowned delivery that is due longest was due; null if none is
///   due
public record EngineStats(
    int waiting,
    long queuedBytes,
    int inFlight,
    int unrecorded,
    int liveNodes,
    boolean isLeaseFresh,
    @Nullable Instant oldestUnownedDue) {}
