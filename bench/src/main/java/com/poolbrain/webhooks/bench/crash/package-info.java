/// Kills the service in the middle of its work, and counts what becomes of what it promised.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.bench.crash;
