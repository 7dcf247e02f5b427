/// Response times of lists and look-ups on a database with a month of deliveries.
package com.poolbrain.webhooks.bench.query;
