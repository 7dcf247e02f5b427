package com.poolbrain.webhooks.engine.ledger;

import java.util.List;

/// What was answered to an earlier publish.
///
/// @param fingerprint SHA-256 of what was published then
/// @param receipts the answer: one receipt for each object
public record StoredResponse(byte[] fingerprint, List<Receipt> receipts) {}
