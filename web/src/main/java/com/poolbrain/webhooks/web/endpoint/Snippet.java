package com.poolbrain.webhooks.web.endpoint;

/// How a server verifies a request, in one language.
///
/// @param language as people write it
/// @param id in the query of the page
record Snippet(String language, String id, String text) {}
