/// The REST API: publish, management, documentation, health, metrics.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.api {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.http;
  requires transitive com.poolbrain.webhooks.management;
  requires com.poolbrain.webhooks.site;
  requires com.fasterxml.jackson.annotation;
  requires gg.jte.runtime;
  requires static java.compiler;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports com.poolbrain.webhooks.api.access;
  exports com.poolbrain.webhooks.api.docs;
  exports com.poolbrain.webhooks.api.manage;
  exports com.poolbrain.webhooks.api.ops;
  exports com.poolbrain.webhooks.api.publish;

  opens com.poolbrain.webhooks.api.docs to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.api.manage to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.api.ops to
      tools.jackson.databind;
}
