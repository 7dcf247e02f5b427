/// Moves every delivery from due to done, exactly as the domain says, and survives being killed at
/// any line.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.engine {
  requires static transitive org.jspecify;
  requires com.poolbrain.webhooks.events;
  requires com.poolbrain.webhooks.signature;
  requires org.slf4j;
  requires transitive com.poolbrain.webhooks.domain;

  exports com.poolbrain.webhooks.engine;
}
