/// Tests of the published libraries as their users get them.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.library;
