/// Counts of deliveries, response times, and the health of endpoints.
package com.poolbrain.webhooks.domain.statistics;
