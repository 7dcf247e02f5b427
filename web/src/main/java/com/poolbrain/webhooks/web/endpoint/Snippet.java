package com.poolbrain.webhooks.web.endpoint;

/// How a server receives and verifies webhooks, in one language or framework.
///
/// @param language as people write it
/// @param id the name of its file, in the query of the page
record Snippet(String language, String id, String text) {}
