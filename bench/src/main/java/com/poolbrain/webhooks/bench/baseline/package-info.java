/// The limits of the machine: each step of a delivery measured alone.
package com.poolbrain.webhooks.bench.baseline;
