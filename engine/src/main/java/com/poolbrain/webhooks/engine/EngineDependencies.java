package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/// All that the engine has of the world outside. It makes no thread, reads no time and draws no
/// random number but through these, so that it can run under a scheduler of somebody else's.
///
/// @param threads makes virtual threads in production; each runs plain blocking code
public record EngineDependencies(
    Ledger ledger,
    Transport transport,
    Clock clock,
    ThreadFactory threads,
    RandomGenerator random) {}
