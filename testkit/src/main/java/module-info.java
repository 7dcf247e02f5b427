/// Contract suites that every implementation of an engine interface passes, scripted endpoints, and
/// tools that start the service and audit what it delivered.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.testkit {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.engine;
  requires com.poolbrain.webhooks.signature;
  requires transitive java.net.http;
  requires transitive io.netty.pkitesting;
  requires transitive tools.jackson.databind;
  requires awaitility;
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;
  requires static org.junit.jupiter.params;

  exports com.poolbrain.webhooks.testkit.crash;
  exports com.poolbrain.webhooks.testkit.endpoint;
  exports com.poolbrain.webhooks.testkit.ledger;
  exports com.poolbrain.webhooks.testkit.service;
  exports com.poolbrain.webhooks.testkit.transport;
}
