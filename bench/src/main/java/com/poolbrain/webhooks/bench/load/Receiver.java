package com.poolbrain.webhooks.bench.load;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The server that receives and counts deliveries. The path of a request decides its response, see
/// [ReceiverConnection].
public final class Receiver implements AutoCloseable {

  private final BenchEventLoop eventLoop;
  private final @Nullable Function<InetAddress, SslContext> tlsByAddress;
  private final EventMarkers markers;
  private final Channel channel;
  private volatile RunCounters counters = new RunCounters(0, 0, 1);

  /// Starts listening.
  ///
  /// @param tlsByAddress TLS for each local address; null for plain HTTP
  /// @param port 0 for a free one
  public Receiver(
      BenchEventLoop eventLoop,
      @Nullable Function<InetAddress, SslContext> tlsByAddress,
      EventMarkers markers,
      String host,
      int port) {
    this.eventLoop = eventLoop;
    this.tlsByAddress = tlsByAddress;
    this.markers = markers;
    var bound =
        new ServerBootstrap()
            .group(eventLoop.eventLoop())
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
      throw CommandException.of(
          "The receiver can't listen at %s port %d: %s. Choose another --receive-port."
              .formatted(host, port, bound.cause().getMessage()));
    }
    channel = bound.channel();
  }

  private void initConnection(SocketChannel accepted) {
    if (tlsByAddress != null) {
      SslContext tls = tlsByAddress.apply(accepted.localAddress().getAddress());
      accepted.pipeline().addLast(tls.newHandler(accepted.alloc()));
    }
    accepted.pipeline().addLast(new ReceiverConnection(markers, () -> counters));
  }

  /// The port it listens on.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// The URL of a path, which begins with a slash, at localhost.
  public String url(String path) {
    return url("localhost", path);
  }

  /// The URL of a path at a name or address of this machine.
  public String url(String host, String path) {
    return (tlsByAddress == null ? "http://" : "https://") + host + ":" + port() + path;
  }

  /// Counts into these counters from now on.
  public void countInto(RunCounters nextCounters) {
    eventLoop.eventLoop().submit(() -> counters = nextCounters).syncUninterruptibly();
  }

  @Override
  public void close() {
    var _ = channel.close().awaitUninterruptibly();
  }
}
