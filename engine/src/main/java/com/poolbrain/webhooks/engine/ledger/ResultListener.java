package com.poolbrain.webhooks.engine.ledger;

/// Is called once for each result that was handed in to be recorded.
public interface ResultListener {

  /// The result is durable.
  void onRecorded(DeliveryRecorded event);

  /// The result of that claim will not be recorded by this node; its delivery stays open.
  void onAbandoned(Claim claim);
}
