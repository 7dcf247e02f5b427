package com.poolbrain.webhooks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one node is busy with at a moment.
///
/// @param waiting claims in lanes
/// @param queuedBytes that they take, and those whose places are kept
/// @param inFlight attempts that run
/// @param unrecorded attempts that run or whose result is not durable yet
/// @param liveNodes nodes with a lease, this one included
/// @param isLeaseFresh whether the last renewal is recent enough to start attempts by
/// @param oldestUnownedDue when the longest waiting delivery that nobody owns was due; null if none
///   is
public record EngineStats(
    int waiting,
    long queuedBytes,
    int inFlight,
    int unrecorded,
    int liveNodes,
    boolean isLeaseFresh,
    @Nullable Instant oldestUnownedDue) {}
