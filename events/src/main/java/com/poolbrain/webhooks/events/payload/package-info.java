/// What happened, as typed records: one for each released event type.
package com.poolbrain.webhooks.events.payload;
