/// Receives webhooks: verification, typed handlers, and idempotency.
package com.poolbrain.webhooks.consumer;
