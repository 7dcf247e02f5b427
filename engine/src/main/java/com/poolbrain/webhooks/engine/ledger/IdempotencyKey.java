package com.poolbrain.webhooks.engine.ledger;

/// The key by which a repeated publish is recognised.
///
/// @param scope within which the key is unique: `key:<API key id>` or `company:<company id>`
/// @param key as the publisher sent it, 1 to 255 characters
public record IdempotencyKey(String scope, String key) {}
