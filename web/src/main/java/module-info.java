/// The settings page and the support console.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.web {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.http;
  requires transitive com.poolbrain.webhooks.management;
  requires gg.jte.runtime;
  requires static java.compiler;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  requires org.slf4j;

  exports com.poolbrain.webhooks.web;
  exports com.poolbrain.webhooks.web.access;
  exports com.poolbrain.webhooks.web.notice;

  opens com.poolbrain.webhooks.web.audit to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.catalogue to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.component to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.delivery to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.endpoint to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.frame to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.notice to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.page to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.recovery to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.statistics to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.styleguide to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.support to
      gg.jte.runtime;
  opens com.poolbrain.webhooks.web.testsend to
      gg.jte.runtime;
}
