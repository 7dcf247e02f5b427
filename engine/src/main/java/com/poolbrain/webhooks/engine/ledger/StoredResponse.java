package com.poolbrain.webhooks.engine.ledger;

import java.util.List;

/// The response to an earlier publish.
///
/// @param fingerprint SHA-256 of the content that was published then
/// @param receipts one for each object of the request
public record StoredResponse(byte[] fingerprint, List<Receipt> receipts) {}
