/// Helpers of the event catalogue that are not part of its API.
package com.poolbrain.webhooks.events.internal;
