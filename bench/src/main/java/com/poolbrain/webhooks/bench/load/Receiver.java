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
/// see [Visit].
public final class Receiver implements AutoCloseable {

  /// What is shown to whoever connects.
  public interface Tls {

    /// The TLS of the server at one address of this machine.
    SslContext at(InetAddress address);
  }

  private final Loops loops;
  private final @Nullable Tls tls;
  private final Marks marks;
  private final Channel channel;
  private volatile Tally tally = new Tally(0, 1);

  /// Listens.
  ///
  /// @param tls null for plain http
  /// @param port 0 for any that is free
  public Receiver(Loops loops, @Nullable Tls tls, Marks marks, String host, int port)
      throws IOException {
    this.loops = loops;
    this.tls = tls;
    this.marks = marks;
    var bound =
        new ServerBootstrap()
            .group(loops.loop())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4_096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, Loops.BYTES)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    accept(accepted);
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

  private void accept(SocketChannel accepted) {
    if (tls != null) {
      accepted
          .pipeline()
          .addLast(tls.at(accepted.localAddress().getAddress()).newHandler(accepted.alloc()));
    }
    accepted.pipeline().addLast(new Visit(marks, () -> tally));
  }

  /// Where it listens.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// The URL of a path, beginning with a slash, at one of the names of this machine.
  public String url(String host, String path) {
    return (tls == null ? "http://" : "https://") + host + ":" + port() + path;
  }

  /// Counts for another run from now on.
  public void count(Tally next) {
    loops.loop().submit(() -> tally = next).syncUninterruptibly();
  }

  @Override
  public void close() {
    var _ = channel.close().awaitUninterruptibly();
  }
}
