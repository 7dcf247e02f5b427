/// What operators look at: health, metrics, version, log.
package com.poolbrain.webhooks.api.ops;
