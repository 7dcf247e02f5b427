/// Counts of deliveries and activity of endpoints, added up in memory and written to a store.
package com.poolbrain.webhooks.engine.statistics;
