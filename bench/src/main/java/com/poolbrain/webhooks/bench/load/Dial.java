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
final class Dial {

  private final EventLoop loop;
  private final String host;
  private final int port;
  private final @Nullable SslContext tls;

  /// @param url http or https; of https no certificate is checked, because nothing secret is sent
  Dial(EventLoop loop, URI url) throws IOException {
    this.loop = loop;
    boolean https = "https".equals(url.getScheme());
    host = url.getHost();
    port = url.getPort() >= 0 ? url.getPort() : https ? 443 : 80;
    tls =
        https
            ? SslContextBuilder.forClient()
                .sslProvider(TlsProvider.cheapest())
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build()
            : null;
  }

  ChannelFuture connect(ChannelHandler handler) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOCATOR, Loops.BYTES)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (tls != null) {
                  channel.pipeline().addLast(tls.newHandler(channel.alloc(), host, port));
                }
                channel.pipeline().addLast(handler);
              }
            })
        .connect(host, port);
  }

  EventLoop loop() {
    return loop;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
