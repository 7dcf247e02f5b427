/// HTTP API: access, idempotency, invalid input, undecryptable secrets.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.api;
