/// Claims due deliveries, and skips those that may no longer be sent.
package com.poolbrain.webhooks.engine.claim;
