package com.poolbrain.webhooks.events;

/// One thing that is wrong with a JSON document.
///
/// @param pointer where, as a JSON pointer (RFC 6901)
/// @param detail what to do about it, as a sentence
public record Problem(String pointer, String detail) {}
