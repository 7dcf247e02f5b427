package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.server.telemetry.Metrics;
import com.poolbrain.webhooks.store.partition.PartitionMaintenance;

/// What runs when the listener begins to listen.
record StartedComponents(
    StoreModule storeModule,
    Engine engine,
    PartitionMaintenance partitionMaintenance,
    Metrics metrics,
    DatabaseClock clock) {}
