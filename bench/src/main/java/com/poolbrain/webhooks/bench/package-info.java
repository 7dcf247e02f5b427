/// The commands of `./webhooks bench`.
package com.poolbrain.webhooks.bench;
