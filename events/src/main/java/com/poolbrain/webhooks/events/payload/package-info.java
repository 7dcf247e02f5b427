/// Typed records of `data`, one for each built-in event type.
package com.poolbrain.webhooks.events.payload;
