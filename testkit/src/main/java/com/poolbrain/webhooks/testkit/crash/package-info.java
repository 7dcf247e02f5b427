/// Crash test: kills the service repeatedly, and audits what it accepted and delivered.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.crash;
