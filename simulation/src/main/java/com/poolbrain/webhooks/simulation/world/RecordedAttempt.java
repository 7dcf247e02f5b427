package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Verdict;

/// An attempt on record.
///
/// @param late whether whoever made it no longer owned the delivery
/// @param verdict what was decided then
public record RecordedAttempt(int number, boolean late, Attempt attempt, Verdict verdict) {}
