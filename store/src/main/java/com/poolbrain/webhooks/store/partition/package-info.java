/// Daily and monthly partitions: created ahead of time, dropped after the retention.
package com.poolbrain.webhooks.store.partition;
