/// How a message proves who sent it, byte for byte, for sender and receiver alike.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.signature {
  requires static transitive org.jspecify;

  exports com.poolbrain.webhooks.signature;
}
