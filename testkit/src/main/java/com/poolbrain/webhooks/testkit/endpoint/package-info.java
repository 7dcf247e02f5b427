/// Webhook endpoints of tests: real sockets, real TLS, every kind of misbehavior, and a test CA.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.endpoint;
