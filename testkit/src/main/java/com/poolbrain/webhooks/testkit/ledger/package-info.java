/// Contract suite of `Ledger`, which every implementation passes, and its reference model.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.ledger;
