/// HTTP API, settings, and the place where everything is wired.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.server {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.domain;
  requires transitive com.poolbrain.webhooks.engine;
  requires transitive com.poolbrain.webhooks.events;
  requires transitive com.poolbrain.webhooks.store;
  requires transitive com.poolbrain.webhooks.transport;
  requires com.poolbrain.webhooks.signature;
  requires com.fasterxml.jackson.annotation;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires transitive io.vertx.core;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports com.poolbrain.webhooks.server;
  exports com.poolbrain.webhooks.server.http;
  exports com.poolbrain.webhooks.server.manage;
  exports com.poolbrain.webhooks.server.publish;
  exports com.poolbrain.webhooks.server.settings;

  opens com.poolbrain.webhooks.server.docs to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.server.http to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.server.manage to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.server.ops to
      tools.jackson.databind;
}
