package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.manual.ManualAttemptLimiter;
import com.poolbrain.webhooks.engine.node.NodeLease;

/// This node's memory and its place among the nodes, with the ledger behind them.
///
/// @param manualLimiter what runs beside the lanes
public record NodeContext(
    Ledger ledger,
    NodeLease lease,
    DeliveryDispatcher dispatcher,
    ManualAttemptLimiter manualLimiter) {}
