/// `./webhooks doctor`: why an endpoint can't be delivered to, step by step.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.cli.doctor;
