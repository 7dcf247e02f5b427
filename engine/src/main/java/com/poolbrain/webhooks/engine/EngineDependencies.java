package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/// Everything that the engine uses from outside. It creates threads, reads time and draws random
/// numbers only through these, so that a simulation can control all of them.
///
/// @param threads creates virtual threads in production; each runs plain blocking code
/// @param platformThreads creates platform threads in production. They run however busy the
///   carriers of virtual threads are, and keep none of them busy
/// @param random used by one thread at a time
public record EngineDependencies(
    Ledger ledger,
    Transport transport,
    Clock clock,
    ThreadFactory threads,
    ThreadFactory platformThreads,
    RandomGenerator random) {}
