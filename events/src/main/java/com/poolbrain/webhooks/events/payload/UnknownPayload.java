package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// An item of an event type that this release does not know.
///
/// @param event event name in the envelope
/// @param item the item as it was received
public record UnknownPayload(String event, DataItem item) implements Payload {}
