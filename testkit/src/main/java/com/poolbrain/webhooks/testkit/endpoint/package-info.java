/// Consumers for tests: real sockets, real TLS, and every way to behave badly.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.testkit.endpoint;
