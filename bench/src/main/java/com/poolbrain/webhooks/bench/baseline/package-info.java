/// What the machine can do at most: each step of a delivery alone.
package com.poolbrain.webhooks.bench.baseline;
