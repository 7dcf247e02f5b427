/// Signs and verifies the requests of Pool Brain webhooks.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.signature {
  requires static transitive org.jspecify;

  exports com.poolbrain.webhooks.signature;
}
