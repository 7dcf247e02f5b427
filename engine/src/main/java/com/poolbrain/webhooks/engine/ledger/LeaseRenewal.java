package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.CompanyConfig;
import java.time.Instant;
import java.util.List;

/// What a node learns when it says that it lives.
///
/// @param alive false if this incarnation was declared dead: it must drop its lanes and begin anew
/// @param storeTime the store's time
/// @param liveNodes nodes with a lease, this one included
/// @param configVersion the configuration version now
/// @param changedCompanies companies, whole, that changed since the version that the caller holds
public record LeaseRenewal(
    boolean alive,
    Instant storeTime,
    int liveNodes,
    long configVersion,
    List<CompanyConfig> changedCompanies) {}
