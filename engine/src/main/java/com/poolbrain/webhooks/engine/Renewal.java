package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Subscriptions;
import java.time.Instant;
import java.util.List;

/// What a node learns when it says that it lives.
///
/// @param alive false if this incarnation was declared dead: it must drop its lanes and begin anew
/// @param now the store's time
/// @param liveNodes nodes with a lease, this one included
/// @param version the configuration version now
/// @param changed companies, whole, that changed since the version that the caller holds
public record Renewal(
    boolean alive, Instant now, int liveNodes, long version, List<Subscriptions> changed) {}
