/// Test kit for consumers of Pool Brain webhooks.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.consumer.test {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.consumer;
  requires transitive java.net.http;

  exports com.poolbrain.webhooks.consumer.test;
}
