/// Webhooks in servers for which the library has no adapter, and an idempotency store in Redis.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.samples.adapters;
