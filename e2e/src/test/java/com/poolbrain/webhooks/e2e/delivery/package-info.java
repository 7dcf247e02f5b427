/// Deliveries: content, grouping, subscriptions, failures, manual operations.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.delivery;
