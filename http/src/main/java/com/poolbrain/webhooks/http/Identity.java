package com.poolbrain.webhooks.http;

/// The sender of a request, as an [Authorizer] found it. This package only hands it on.
public interface Identity {}
