/// A month of deliveries, and response times of calls and pages that read it.
package com.poolbrain.webhooks.bench.query;
