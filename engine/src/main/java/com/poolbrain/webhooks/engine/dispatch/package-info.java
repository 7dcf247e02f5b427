/// Queues per endpoint, served fairly and within limits.
package com.poolbrain.webhooks.engine.dispatch;
