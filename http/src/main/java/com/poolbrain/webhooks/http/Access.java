package com.poolbrain.webhooks.http;

/// What a route demands of the sender. Only the [Authorizer] knows its meaning.
public interface Access {}
