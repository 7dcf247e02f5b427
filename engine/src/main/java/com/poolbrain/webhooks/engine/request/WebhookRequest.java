package com.poolbrain.webhooks.engine.request;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One attempt, ready to be sent.
///
/// @param url where to; https, or http where the settings allow it
/// @param headers those that this system adds, in the order they are sent; `Host`, `Content-Length`
///   and nothing else is added by the transport
/// @param body the signed bytes; never changed by anybody after signing
/// @param timeout for the whole exchange, connecting included
public record WebhookRequest(
    URI url, List<Map.Entry<String, String>> headers, byte[] body, Duration timeout) {}
