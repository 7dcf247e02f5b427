package com.poolbrain.webhooks.events.payload;

import tools.jackson.databind.node.ObjectNode;

/// An item of an event type that this release does not know.
///
/// @param event the name in the envelope
/// @param item the item as it came
public record UnknownPayload(String event, ObjectNode item) implements Payload {}
