/// The contracts that the service hands out, validated by tools of their standards.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.contract;
