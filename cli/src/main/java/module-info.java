/// Command line `./webhooks` of the service.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.cli {
  requires static transitive org.jspecify;
  requires com.poolbrain.webhooks.domain;
  requires com.poolbrain.webhooks.engine;
  requires com.poolbrain.webhooks.events;
  requires com.poolbrain.webhooks.management;
  requires com.poolbrain.webhooks.server;
  requires com.poolbrain.webhooks.store;
  requires com.poolbrain.webhooks.transport;
  requires transitive com.poolbrain.webhooks.signature;
  requires transitive info.picocli;
  requires java.net.http;
  requires jdk.httpserver;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires transitive tools.jackson.databind;

  exports com.poolbrain.webhooks.cli.listen;
  exports com.poolbrain.webhooks.cli.terminal;

  opens com.poolbrain.webhooks.cli to
      info.picocli;
  opens com.poolbrain.webhooks.cli.terminal to
      info.picocli;
}
