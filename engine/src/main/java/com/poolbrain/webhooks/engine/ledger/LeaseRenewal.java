package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.CompanyConfig;
import java.time.Instant;
import java.util.List;

/// What a node learns when it renews its lease.
///
/// @param alive false if this incarnation was declared dead: it must drop its queues and restart
/// @param storeTime the database's time
/// @param liveNodes nodes that hold a lease, this one included
/// @param configVersion the current configuration version
/// @param changedCompanies complete configuration of each company that changed since the version
///   that the caller holds
public record LeaseRenewal(
    boolean alive,
    Instant storeTime,
    int liveNodes,
    long configVersion,
    List<CompanyConfig> changedCompanies) {}
