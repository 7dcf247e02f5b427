package com.poolbrain.webhooks.engine;

/// This node's memory and its place among the nodes, with the ledger behind them.
///
/// @param byHand what runs beside the lanes
record Node(Ledger ledger, Membership membership, Lanes lanes, ByHand byHand) {}
