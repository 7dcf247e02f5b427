/// Command line: README quickstart, demo, AOT training run.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.e2e.cli;
