package com.poolbrain.webhooks.engine.ledger;

/// What makes a repeated publish recognisable.
///
/// @param scope within which the key is unique: `key:<API key id>` or `company:<company id>`
/// @param key what the publisher sent, 1 to 255 characters
public record IdempotencyKey(String scope, String key) {}
