/// The only module that uses SQL: the ledger, the configuration and the delivery log in PostgreSQL.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.store {
  requires static transitive com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.domain;
  requires transitive com.poolbrain.webhooks.engine;
  requires transitive java.sql;
  requires transitive org.jdbi.v3.core;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires org.apache.commons.compress;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires org.tukaani.xz;
  requires tools.jackson.core;

  exports com.poolbrain.webhooks.store;
  exports com.poolbrain.webhooks.store.audit;
  exports com.poolbrain.webhooks.store.config;
  exports com.poolbrain.webhooks.store.embedded;
  exports com.poolbrain.webhooks.store.jdbc;
  exports com.poolbrain.webhooks.store.erasure;
  exports com.poolbrain.webhooks.store.job;
  exports com.poolbrain.webhooks.store.ledger;
  exports com.poolbrain.webhooks.store.notice;
  exports com.poolbrain.webhooks.store.partition;
  exports com.poolbrain.webhooks.store.query;
  exports com.poolbrain.webhooks.store.recovery;
  exports com.poolbrain.webhooks.store.secret;
  exports com.poolbrain.webhooks.store.session;
  exports com.poolbrain.webhooks.store.statistics;
}
