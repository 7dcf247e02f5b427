package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Verdict;

/// An attempt in the ledger.
///
/// @param previousStatus of the delivery before its result
/// @param late whether the node that made it did not own the delivery any more
/// @param verdict the decision of that node after the attempt
public record RecordedAttempt(
    int number, DeliveryStatus previousStatus, boolean late, Attempt attempt, Verdict verdict) {}
