/// Contract suite of `Transport`, which every implementation passes.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.transport;
