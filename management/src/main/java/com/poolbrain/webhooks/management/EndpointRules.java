package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.events.EventCatalogue;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What endpoints may be.
///
/// @param eventCatalogue of the events that can be subscribed
/// @param allowHttp whether plain http to loopback is allowed, for development
/// @param random makes secrets; a [java.security.SecureRandom] in production
/// @param clock tells whether a previous secret is still valid
public record EndpointRules(
    EventCatalogue eventCatalogue,
    boolean allowHttp,
    RandomGenerator random,
    InstantSource clock) {}
