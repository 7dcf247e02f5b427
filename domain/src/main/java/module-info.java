/// The terms and rules of webhook delivery: no clock, no socket, no database, no log.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.domain {
  requires static transitive org.jspecify;

  exports com.poolbrain.webhooks.domain;
  exports com.poolbrain.webhooks.domain.address;
  exports com.poolbrain.webhooks.domain.audit;
  exports com.poolbrain.webhooks.domain.history;
  exports com.poolbrain.webhooks.domain.job;
  exports com.poolbrain.webhooks.domain.notice;
  exports com.poolbrain.webhooks.domain.session;
  exports com.poolbrain.webhooks.domain.statistics;
  exports com.poolbrain.webhooks.domain.text;
}
