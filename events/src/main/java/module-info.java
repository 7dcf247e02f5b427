/// The event catalogue of Pool Brain webhooks: types, schemas, samples, aliases and typed records.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.events {
  requires static transitive org.jspecify;
  requires transitive tools.jackson.core;

  exports com.poolbrain.webhooks.events;
  exports com.poolbrain.webhooks.events.payload;
}
