/// Receives Pool Brain webhooks: verified, typed, and handled once.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.consumer {
  requires static jakarta.servlet;
  requires static transitive jdk.httpserver;
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.events;
  requires transitive com.poolbrain.webhooks.signature;
  requires transitive java.sql;

  exports com.poolbrain.webhooks.consumer;
  exports com.poolbrain.webhooks.consumer.httpserver;
  exports com.poolbrain.webhooks.consumer.jdbc;
  exports com.poolbrain.webhooks.consumer.servlet;
}
