/// Runs the engine in simulated worlds: a seed decides time, threads, storage, endpoints and
/// faults.
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
