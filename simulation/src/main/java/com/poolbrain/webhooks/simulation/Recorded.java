package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Verdict;

/// An attempt on record.
///
/// @param late whether whoever made it no longer owned the delivery
/// @param verdict what was decided then
record Recorded(int number, boolean late, Attempt attempt, Verdict verdict) {}
