package com.poolbrain.webhooks.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where deliveries arrive: answers 200 and notes when. What a request gets is said by its path,
/// see [ReceiverConnection].
public final class Receiver implements AutoCloseable {

  /// What is shown to whoever connects.
  public interface SslContextProvider {

    /// The TLS of the server at one address of this machine.
    SslContext contextFor(InetAddress address);
  }

  private final BenchEventLoop benchEventLoop;
  private final @Nullable SslContextProvider sslContextProvider;
  private final EventMarkers eventMarkers;
  private final Channel channel;
  private volatile RunCounters runCounters = new RunCounters(0, 1);

  /// Listens.
  ///
  /// @param sslContextProvider null for plain http
  /// @param port 0 for any that is free
  public Receiver(
      BenchEventLoop benchEventLoop,
      @Nullable SslContextProvider sslContextProvider,
      EventMarkers eventMarkers,
      String host,
      int port)
      throws IOException {
    this.benchEventLoop = benchEventLoop;
    this.sslContextProvider = sslContextProvider;
    this.eventMarkers = eventMarkers;
    var bound =
        new ServerBootstrap()
            .group(benchEventLoop.eventLoop())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4_096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, BenchEventLoop.ALLOCATOR)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    initConnection(accepted);
                  }
                })
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "The receiver can't listen at %s port %d: %s"
              .formatted(host, port, bound.cause().getMessage()),
          bound.cause());
    }
    channel = bound.channel();
  }

  private void initConnection(SocketChannel accepted) {
    if (sslContextProvider != null) {
      accepted
          .pipeline()
          .addLast(
              sslContextProvider
                  .contextFor(accepted.localAddress().getAddress())
                  .newHandler(accepted.alloc()));
    }
    accepted.pipeline().addLast(new ReceiverConnection(eventMarkers, () -> runCounters));
  }

  /// Where it listens.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// The URL of a path, beginning with a slash, at one of the names of this machine.
  public String url(String host, String path) {
    return (sslContextProvider == null ? "http://" : "https://") + host + ":" + port() + path;
  }

  /// Counts for another run from now on.
  public void countInto(RunCounters nextCounters) {
    benchEventLoop.eventLoop().submit(() -> runCounters = nextCounters).syncUninterruptibly();
  }

  @Override
  public void close() {
    var _ = channel.close().awaitUninterruptibly();
  }
}
