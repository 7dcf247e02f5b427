/// Measures the deliveries of this service and of other webhook servers.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.bench {
  requires static transitive org.jspecify;
  requires com.poolbrain.webhooks.domain;
  requires com.poolbrain.webhooks.engine;
  requires com.poolbrain.webhooks.events;
  requires com.poolbrain.webhooks.cli;
  requires com.poolbrain.webhooks.api;
  requires com.poolbrain.webhooks.http;
  requires com.poolbrain.webhooks.management;
  requires com.poolbrain.webhooks.server;
  requires com.poolbrain.webhooks.simulation;
  requires com.poolbrain.webhooks.store;
  requires com.poolbrain.webhooks.testkit;
  requires com.poolbrain.webhooks.transport;
  requires info.picocli;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.vertx.core;
  requires java.sql;
  requires HdrHistogram;
  requires jmh.core;
  requires tools.jackson.databind;

  opens com.poolbrain.webhooks.bench to
      info.picocli;
  opens com.poolbrain.webhooks.bench.load to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.bench.report to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.bench.service to
      tools.jackson.databind;
}
