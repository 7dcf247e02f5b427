/// Faults of nodes, database, disk and network: no accepted event is lost.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.faults;
