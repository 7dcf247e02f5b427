package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Verdict;

/// An attempt that is on record.
public record DeliveryRecorded(
    Claim claim, Attempt attempt, Verdict verdict, RecordedResult recordedResult) {}
