/// The load generator and the receiver: they publish events, receive deliveries and count both.
package com.poolbrain.webhooks.bench.load;
