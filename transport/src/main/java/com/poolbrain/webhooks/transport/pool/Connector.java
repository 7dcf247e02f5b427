package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.failure.ClientCertificateRequiredException;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.settings.ResponseLimits;
import com.poolbrain.webhooks.transport.tls.AlertLimiter;
import com.poolbrain.webhooks.transport.tls.Tls;
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
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Opens connections: TCP, directly or through a proxy, then TLS for the host of the URL.
public final class Connector {

  /// A connection that is being opened. Closing the channel cancels it.
  record PendingConnection(Channel channel, CompletableFuture<Connection> connection) {

    void cancel() {
      var _ = channel.close();
    }
  }

  private final Bootstrap bootstrap;
  private final Tls tls;
  private final ResponseLimits responseLimits;
  private final InstantSource clock;

  /// @param clock for the time of a handshake
  public Connector(
      EventLoopGroup loops,
      ChannelGroup channels,
      Tls tls,
      ResponseLimits responseLimits,
      InstantSource clock) {
    this.tls = tls;
    this.responseLimits = responseLimits;
    this.clock = clock;
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channelFactory(() -> {
              NioSocketChannel channel = new NioSocketChannel();
              channels.add(channel);
              return channel;
            })
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            // The caller enforces the deadline.
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            // A failed write must not discard a response that has already arrived.
            .option(ChannelOption.AUTO_CLOSE, false);
  }

  /// Starts to connect to the address of a route, directly or through a proxy.
  ///
  /// @param onIdle called each time the connection has completed an exchange
  PendingConnection connect(
      Route route, @Nullable ProxyConnectHandler proxy, Consumer<Connection> onIdle) {
    CompletableFuture<Connection> ready = new CompletableFuture<>();
    ChannelFuture registered =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initPipeline(channel, route, proxy, onIdle, ready);
                  }
                })
            .register();
    Channel channel = registered.channel();
    var _ =
        registered.addListener(done -> {
          if (done.isSuccess()) {
            startConnect(channel, route, proxy != null, ready);
          } else {
            ready.completeExceptionally(done.cause());
          }
        });
    return new PendingConnection(channel, ready);
  }

  /// The listener is added before the connect starts, so that it sees a refused connection before
  /// the TLS handler reports the closed channel.
  private static void startConnect(
      Channel channel, Route route, boolean viaProxy, CompletableFuture<Connection> ready) {
    ChannelPromise connect = channel.newPromise();
    var _ =
        connect.addListener(done -> {
          if (!done.isSuccess()) {
            ready.completeExceptionally(
                viaProxy
                    ? new ProxyConnectException(String.valueOf(done.cause()), done.cause())
                    : done.cause());
          } else if (!route.tls()) {
            ready.complete(channel.pipeline().get(Connection.class));
          }
          // With TLS, the end of the handshake completes the connection.
        });
    var _ = channel.connect(route.socketAddress(), connect);
  }

  private void initPipeline(
      Channel channel,
      Route route,
      @Nullable ProxyConnectHandler proxy,
      Consumer<Connection> onIdle,
      CompletableFuture<Connection> ready) {
    ChannelPipeline pipeline = channel.pipeline();
    if (proxy != null) {
      pipeline.addLast(proxy);
    }
    SslHandler handler = route.tls() ? tls.newHandler(channel, route) : null;
    Connection connection =
        new Connection(
            route,
            channel,
            responseLimits.maxHeadBytes(),
            () -> handler != null && tls.isClientCertificateRequested(handler),
            onIdle);
    if (handler != null) {
      if (tls.ignoresAlerts()) {
        pipeline.addLast(new AlertLimiter(ready::completeExceptionally));
      }
      pipeline.addLast(handler);
      var _ =
          handler.handshakeFuture().addListener(done -> complete(done, handler, connection, ready));
    }
    pipeline.addLast(connection.decoder());
    pipeline.addLast(connection);
  }

  private void complete(
      Future<?> done,
      SslHandler handler,
      Connection connection,
      CompletableFuture<Connection> ready) {
    if (!done.isSuccess()) {
      ready.completeExceptionally(
          tls.isClientCertificateRequested(handler)
              ? new ClientCertificateRequiredException(done.cause())
              : done.cause());
      return;
    }
    try {
      connection.onHandshake(new ShownCertificate(Tls.certificateExpiry(handler), clock.instant()));
      ready.complete(connection);
    } catch (SSLPeerUnverifiedException unverified) {
      ready.completeExceptionally(unverified);
    }
  }
}
