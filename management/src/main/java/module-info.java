/// Use cases of administrators, operators and scripts: permission check, validation, audit entry.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.management {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.domain;
  requires transitive com.poolbrain.webhooks.engine;
  requires transitive com.poolbrain.webhooks.events;
  requires transitive com.poolbrain.webhooks.store;
  requires com.poolbrain.webhooks.signature;
  requires org.slf4j;
  requires tools.jackson.core;

  exports com.poolbrain.webhooks.management;
  exports com.poolbrain.webhooks.management.audit;
  exports com.poolbrain.webhooks.management.erasure;
  exports com.poolbrain.webhooks.management.eventtype;
  exports com.poolbrain.webhooks.management.export;
  exports com.poolbrain.webhooks.management.job;
  exports com.poolbrain.webhooks.management.live;
  exports com.poolbrain.webhooks.management.notice;
  exports com.poolbrain.webhooks.management.probe;
  exports com.poolbrain.webhooks.management.secret;
  exports com.poolbrain.webhooks.management.session;
  exports com.poolbrain.webhooks.management.support;
  exports com.poolbrain.webhooks.management.url;
}
