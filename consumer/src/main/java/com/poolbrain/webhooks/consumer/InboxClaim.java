package com.poolbrain.webhooks.consumer;

/// A message of an inbox that this process handles.
///
/// @param claim right to handle it, until its lease ends
/// @param message the webhook
/// @param tries how often it was claimed, this time included; 1 at first
public record InboxClaim(Claim claim, InboxMessage message, int tries) {}
