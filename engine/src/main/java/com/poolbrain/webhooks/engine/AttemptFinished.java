package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Verdict;

/// An attempt that is on record.
public record AttemptFinished(Claim claim, Attempt attempt, Verdict verdict, Settled settled) {}
