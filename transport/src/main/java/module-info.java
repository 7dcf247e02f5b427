/// The only module that connects to the outside: carries requests to endpoints and trusts no
/// address and no response.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.transport {
  requires static transitive org.jspecify;
  requires transitive com.poolbrain.webhooks.domain;
  requires transitive com.poolbrain.webhooks.engine;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.dns;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.resolver;
  requires io.netty.resolver.dns;
  requires io.netty.transport;
  requires jakarta.mail;
  requires org.eclipse.angus.mail;
  requires org.slf4j;

  exports com.poolbrain.webhooks.transport;
  exports com.poolbrain.webhooks.transport.mail;
  exports com.poolbrain.webhooks.transport.settings;
}
