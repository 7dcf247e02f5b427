/// Statistics of deliveries, and the health of endpoints.
package com.poolbrain.webhooks.store.statistics;
