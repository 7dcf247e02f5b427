/// Test kit for consumers of Pool Brain webhooks.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.consumer.test {
  requires static jakarta.servlet;
  requires static jdk.httpserver;
  requires static org.junit.jupiter.api;
  requires static spring.core;
  requires static spring.test;
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.consumer;
  requires transitive java.net.http;

  exports com.poolbrain.webhooks.consumer.test;
  exports com.poolbrain.webhooks.consumer.test.junit;
  exports com.poolbrain.webhooks.consumer.test.spring;
}
