package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.settings.EgressProxy;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Asks the egress proxy for a tunnel (`CONNECT`, RFC 9110, 9.3.6).
///
/// Netty's own handler tells the status of a refusal only in a text, and only after the whole
/// response.
final class ProxyConnectHandler extends ProxyHandler {

  private final EgressProxy proxy;
  private final HttpClientCodec codec = new HttpClientCodec();
  private boolean isAccepted;
  private volatile @Nullable ProxyConnectException refusal;

  /// @param address of the proxy
  ProxyConnectHandler(EgressProxy proxy, InetSocketAddress address) {
    super(address);
    this.proxy = proxy;
    setConnectTimeoutMillis(0); // the caller enforces the deadline
  }

  /// The answer of the proxy, if it opened no connection.
  @Nullable ProxyConnectException refusal() {
    return refusal;
  }

  @Override
  public String protocol() {
    return "http";
  }

  @Override
  public String authScheme() {
    return proxy.user() == null ? "none" : "basic";
  }

  @Override
  protected void addCodec(ChannelHandlerContext context) {
    context.pipeline().addBefore(context.name(), null, codec);
  }

  @Override
  protected void removeEncoder(ChannelHandlerContext context) {
    codec.removeOutboundHandler();
  }

  @Override
  protected void removeDecoder(ChannelHandlerContext context) {
    codec.removeInboundHandler();
  }

  @Override
  protected Object newInitialMessage(ChannelHandlerContext context) {
    InetSocketAddress destination = destinationAddress();
    String target = HttpUtil.formatHostnameForHttp(destination) + ":" + destination.getPort();
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.CONNECT, target, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, target);
    String authorization = authorization();
    if (authorization != null) {
      request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, authorization);
    }
    return request;
  }

  private @Nullable String authorization() {
    if (proxy.user() == null) {
      return null;
    }
    String credentials = proxy.user() + ":" + proxy.password();
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected boolean handleResponse(ChannelHandlerContext context, Object message)
      throws ProxyConnectException {
    if (message instanceof HttpResponse response) {
      if (response.decoderResult().isFailure()) {
        refusal = new ProxyConnectException("It did not answer with HTTP/1.1");
        throw refusal;
      }
      isAccepted = response.status().code() == 200;
      boolean isInterim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (!isAccepted && !isInterim) {
        refusal =
            new ProxyRefusedException(response.status().code(), response.status().reasonPhrase());
        throw refusal;
      }
    }
    return isAccepted && message instanceof LastHttpContent;
  }
}
