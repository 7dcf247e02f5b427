/// Settings, wiring, and the main program of the service.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.server {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.api;
  requires transitive com.poolbrain.webhooks.domain;
  requires transitive com.poolbrain.webhooks.engine;
  requires transitive com.poolbrain.webhooks.events;
  requires transitive com.poolbrain.webhooks.http;
  requires transitive com.poolbrain.webhooks.management;
  requires transitive com.poolbrain.webhooks.store;
  requires transitive com.poolbrain.webhooks.transport;
  requires transitive com.poolbrain.webhooks.web;
  requires com.poolbrain.webhooks.signature;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires transitive io.vertx.core;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.slf4j;

  exports com.poolbrain.webhooks.server;
  exports com.poolbrain.webhooks.server.settings;
}
