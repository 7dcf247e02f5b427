/// Fixtures: the service in this JVM, audited load, faults of database, disk, clock and network.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.support;
