package com.poolbrain.webhooks.engine;

import java.util.List;

/// What was answered to an earlier publish.
///
/// @param fingerprint SHA-256 of what was published then
/// @param receipts the answer: one receipt for each object
public record Remembered(byte[] fingerprint, List<Receipt> receipts) {}
