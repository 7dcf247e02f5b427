/// Measures deliveries: ours, and those of any other webhook server.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.bench {
  requires static transitive org.jspecify;
  requires com.poolbrain.webhooks.cli;
  requires com.poolbrain.webhooks.server;
  requires com.poolbrain.webhooks.simulation;
  requires com.poolbrain.webhooks.store;
  requires com.poolbrain.webhooks.transport;
  requires info.picocli;
  requires io.vertx.core;
  requires java.net.http;
  requires java.sql;
  requires HdrHistogram;
  requires tools.jackson.databind;

  opens com.poolbrain.webhooks.bench to
      info.picocli;
}
