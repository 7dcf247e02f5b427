package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Verdict;

/// An attempt in the ledger.
///
/// @param late whether the node that made it did not own the delivery any more
/// @param verdict the decision of that node after the attempt
public record RecordedAttempt(int number, boolean late, Attempt attempt, Verdict verdict) {}
