/// What every ledger does, the real one and a simulated one alike.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.ledger;
