package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Verdict;
import org.jspecify.annotations.Nullable;

/// What is to be recorded about a claimed delivery.
///
/// @param attempt the one that was made; null if it ends unsent
public record Settlement(Claim claim, @Nullable Attempt attempt, Verdict verdict) {}
