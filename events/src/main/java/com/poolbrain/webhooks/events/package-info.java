/// The event catalogue: event types with their schemas and samples, envelopes, and strict JSON.
package com.poolbrain.webhooks.events;
