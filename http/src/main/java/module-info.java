/// The HTTP server on Vert.x: listening, limits, authorization, routing, problems, strict JSON.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.http {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.events;
  requires transitive io.vertx.core;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports com.poolbrain.webhooks.http;
  exports com.poolbrain.webhooks.http.input;
  exports com.poolbrain.webhooks.http.problem;
  exports com.poolbrain.webhooks.http.share;
  exports com.poolbrain.webhooks.http.stream;

  opens com.poolbrain.webhooks.http to
      tools.jackson.databind;
  opens com.poolbrain.webhooks.http.problem to
      tools.jackson.databind;
}
