/// Receives webhooks: verification, typed handlers, idempotency, and an inbox.
package com.poolbrain.webhooks.consumer;
