/// The real engine in a world that a seed decides: time, threads, storage, consumers and
/// misfortune.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.simulation {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.domain;
  requires transitive com.poolbrain.webhooks.engine;
  requires com.poolbrain.webhooks.events;
  requires com.poolbrain.webhooks.signature;
  requires transitive org.slf4j;

  exports com.poolbrain.webhooks.simulation;
}
