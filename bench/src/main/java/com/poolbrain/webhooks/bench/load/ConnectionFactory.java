package com.poolbrain.webhooks.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// How connections to the server that is measured are made.
final class ConnectionFactory {

  private final EventLoop eventLoop;
  private final String host;
  private final int port;
  private final @Nullable SslContext sslContext;

  /// @param url http or https; of https no certificate is checked, because nothing secret is sent
  ConnectionFactory(EventLoop eventLoop, URI url) throws IOException {
    this.eventLoop = eventLoop;
    boolean isHttps = "https".equals(url.getScheme());
    host = url.getHost();
    port = url.getPort() >= 0 ? url.getPort() : isHttps ? 443 : 80;
    sslContext =
        isHttps
            ? SslContextBuilder.forClient()
                .sslProvider(TlsProvider.preferred())
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build()
            : null;
  }

  ChannelFuture connect(ChannelHandler handler) {
    return new Bootstrap()
        .group(eventLoop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOCATOR, BenchEventLoop.ALLOCATOR)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (sslContext != null) {
                  channel.pipeline().addLast(sslContext.newHandler(channel.alloc(), host, port));
                }
                channel.pipeline().addLast(handler);
              }
            })
        .connect(host, port);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
