/// The live log: deliveries as they happen, for all viewers of a company at once.
package com.poolbrain.webhooks.management.live;
