/// Operation: start, shutdown, schema upgrade, rollover of days, several nodes.
package com.poolbrain.webhooks.e2e.operation;
