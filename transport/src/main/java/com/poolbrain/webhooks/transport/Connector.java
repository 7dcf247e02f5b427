package com.poolbrain.webhooks.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// Makes connections: TCP, through the proxy if there is one, and TLS with the URL's host.
final class Connector {

  /// How long a connection that is being closed may take to say so to a peer that doesn't read.
  private static final int FAREWELL_MILLIS = 500;

  /// A connection on its way; closing the channel gives it up.
  record Attempt(Channel channel, CompletableFuture<Connection> ready) {

    void giveUp() {
      var _ = channel.close();
    }
  }

  private final Bootstrap bootstrap;
  private final SslContext tls;
  private final AnswerLimits limits;

  Connector(EventLoopGroup loops, ChannelGroup all, TransportSettings settings) {
    this.tls = tls(settings);
    this.limits = settings.answers();
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channelFactory(() -> {
              NioSocketChannel channel = new NioSocketChannel();
              all.add(channel);
              return channel;
            })
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            // The caller has the deadline.
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            // A write that fails must not lose an answer that has already arrived.
            .option(ChannelOption.AUTO_CLOSE, false);
  }

  private static SslContext tls(TransportSettings settings) {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .trustManager(CertificateVerifier.trusting(settings.extraAuthorities()))
          .endpointIdentificationAlgorithm("HTTPS")
          .build();
    } catch (SSLException broken) {
      throw new IllegalStateException("the JDK offers no TLS", broken);
    }
  }

  /// Begins to connect to the route's address, directly or through a proxy.
  ///
  /// @param whenIdle told each time when the connection has carried an exchange to its end
  Attempt connect(Route route, @Nullable HttpProxyHandler proxy, Consumer<Connection> whenIdle) {
    CompletableFuture<Connection> ready = new CompletableFuture<>();
    ChannelFuture registered =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    var connection = new Connection(route, channel, limits.headBytes(), whenIdle);
                    prepare(channel, connection, proxy, ready);
                  }
                })
            .register();
    Channel channel = registered.channel();
    var _ =
        registered.addListener(done -> {
          if (done.isSuccess()) {
            begin(channel, route, ready);
          } else {
            ready.completeExceptionally(done.cause());
          }
        });
    return new Attempt(channel, ready);
  }

  /// Who listens before it begins hears a refusal first: the TLS of a channel that is gone
  /// complains as well.
  private static void begin(Channel channel, Route route, CompletableFuture<Connection> ready) {
    ChannelPromise connect = channel.newPromise();
    var _ =
        connect.addListener(done -> {
          // With TLS, the end of the handshake is what counts.
          if (!done.isSuccess() || !route.tls()) {
            settle(done, channel.pipeline().get(Connection.class), ready);
          }
        });
    var _ = channel.connect(route.socketAddress(), connect);
  }

  private void prepare(
      Channel channel,
      Connection connection,
      @Nullable HttpProxyHandler proxy,
      CompletableFuture<Connection> ready) {
    Route route = connection.route();
    ChannelPipeline pipeline = channel.pipeline();
    if (proxy != null) {
      pipeline.addLast(proxy);
    }
    if (route.tls()) {
      SslHandler handler = tls(channel, route);
      pipeline.addLast(handler);
      var _ = handler.handshakeFuture().addListener(done -> settle(done, connection, ready));
    }
    pipeline.addLast(connection.decoder());
    pipeline.addLast(connection);
  }

  private static void settle(
      Future<?> done, Connection connection, CompletableFuture<Connection> ready) {
    if (done.isSuccess()) {
      ready.complete(connection);
    } else {
      ready.completeExceptionally(done.cause());
    }
  }

  private SslHandler tls(Channel channel, Route route) {
    SslHandler handler = tls.newHandler(channel.alloc(), route.host(), route.port());
    if (AddressText.parse(route.host()) == null) {
      // The JDK names only hosts that have a dot in them.
      // As bytes, a name may have an underscore.
      byte[] sni = route.host().getBytes(StandardCharsets.US_ASCII);
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(sni)));
      handler.engine().setSSLParameters(parameters);
    }
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL_MILLIS);
    return handler;
  }

  /// The handler that asks a proxy at this address for connections.
  static HttpProxyHandler through(EgressProxy proxy, InetSocketAddress address) {
    HttpProxyHandler handler =
        proxy.user() == null || proxy.password() == null
            ? new HttpProxyHandler(address)
            : new HttpProxyHandler(address, proxy.user(), proxy.password());
    handler.setConnectTimeoutMillis(0);
    return handler;
  }
}
