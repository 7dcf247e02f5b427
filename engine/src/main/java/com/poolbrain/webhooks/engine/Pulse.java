package com.poolbrain.webhooks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one node is busy with at a moment.
///
/// @param waiting claims in lanes
/// @param bytes that they take, and those whose places are kept
/// @param inFlight attempts that run
/// @param unsettled attempts that run or whose result is not durable yet
/// @param liveNodes nodes with a lease, this one included
/// @param fresh whether the last renewal is recent enough to start attempts by
/// @param oldestDue when the longest waiting delivery that nobody owns was due; null if none is
public record Pulse(
    int waiting,
    long bytes,
    int inFlight,
    int unsettled,
    int liveNodes,
    boolean fresh,
    @Nullable Instant oldestDue) {}
