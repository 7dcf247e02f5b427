package com.poolbrain.webhooks.engine.ledger;

/// A result became durable. Log, metrics, queues, retry timers and waiting callers derive from this
/// one event.
///
/// @param result as it was handed to the ledger
/// @param recorded as it stands on record
public record DeliveryRecorded(AttemptResult result, RecordedResult recorded) {}
