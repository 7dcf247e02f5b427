/// Moves every delivery from accepted to recorded, and survives being killed at any line.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.engine {
  requires static transitive org.jspecify;
  requires com.poolbrain.webhooks.events;
  requires com.poolbrain.webhooks.signature;
  requires org.slf4j;
  requires transitive com.poolbrain.webhooks.domain;

  exports com.poolbrain.webhooks.engine;
  exports com.poolbrain.webhooks.engine.erasure;
  exports com.poolbrain.webhooks.engine.intake;
  exports com.poolbrain.webhooks.engine.ledger;
  exports com.poolbrain.webhooks.engine.mail;
  exports com.poolbrain.webhooks.engine.manual;
  exports com.poolbrain.webhooks.engine.request;
  exports com.poolbrain.webhooks.engine.runtime;
  exports com.poolbrain.webhooks.engine.statistics;
}
