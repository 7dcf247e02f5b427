/// Measures deliveries: ours, and those of any other webhook server.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.bench {
  requires static transitive org.jspecify;
  requires com.poolbrain.webhooks.domain;
  requires com.poolbrain.webhooks.engine;
  requires com.poolbrain.webhooks.events;
  requires transitive com.poolbrain.webhooks.cli;
  requires com.poolbrain.webhooks.api;
  requires com.poolbrain.webhooks.http;
  requires com.poolbrain.webhooks.management;
  requires com.poolbrain.webhooks.server;
  requires com.poolbrain.webhooks.simulation;
  requires com.poolbrain.webhooks.store;
  requires transitive com.poolbrain.webhooks.testkit;
  requires com.poolbrain.webhooks.transport;
  requires info.picocli;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.vertx.core;
  requires java.net.http;
  requires java.sql;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires HdrHistogram;
  requires jmh.core;
  requires tools.jackson.databind;

  opens com.poolbrain.webhooks.bench to
      info.picocli;
  opens com.poolbrain.webhooks.bench.report to
      tools.jackson.databind;
}
