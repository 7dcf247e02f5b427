package com.poolbrain.webhooks.consumer;

import java.util.UUID;

/// The right to handle one delivery, until its lease ends.
///
/// @param id id of the delivery
/// @param token value that tells this claim from later ones of the same delivery
public record Claim(UUID id, UUID token) implements ClaimResult {}
