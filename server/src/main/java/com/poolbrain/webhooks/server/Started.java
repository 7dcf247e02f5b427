package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.server.ops.Metrics;
import com.poolbrain.webhooks.store.Partitions;

/// What runs when the listener begins to listen.
record Started(
    Storage storage, Engine engine, Partitions partitions, Metrics metrics, StoreClock clock) {}
