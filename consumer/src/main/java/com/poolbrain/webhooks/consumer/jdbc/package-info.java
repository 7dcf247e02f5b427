/// Idempotency store, inbox and order of events in a database of the consumer.
package com.poolbrain.webhooks.consumer.jdbc;
