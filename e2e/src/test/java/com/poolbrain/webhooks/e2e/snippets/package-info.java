/// Snippets of `docs/snippets`: each is a server that gets the same requests.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.snippets;
