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
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens connections to the server under test. Its certificate is not verified: nothing secret is
/// sent.
record ConnectionFactory(EventLoop eventLoop, String host, int port, @Nullable SslContext tls) {

  /// @param url with the scheme http or https
  static ConnectionFactory to(URI url, EventLoop eventLoop) {
    boolean isHttps = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : isHttps ? 443 : 80;
    return new ConnectionFactory(eventLoop, url.getHost(), port, isHttps ? newTls() : null);
  }

  private static SslContext newTls() {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(BenchEventLoop.TLS_PROVIDER)
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
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
                if (tls != null) {
                  channel.pipeline().addLast(tls.newHandler(channel.alloc(), host, port));
                }
                channel.pipeline().addLast(handler);
              }
            })
        .connect(host, port);
  }
}
