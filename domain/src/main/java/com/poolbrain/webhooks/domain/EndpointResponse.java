package com.poolbrain.webhooks.domain;

/// What came back from an endpoint, as far as it is kept.
///
/// @param statusCode final HTTP status, 100 to 999
/// @param body the first bytes of the answer as text: at most 16 KiB, of a 2xx at most 1 KiB
public record EndpointResponse(int statusCode, String body) {}
