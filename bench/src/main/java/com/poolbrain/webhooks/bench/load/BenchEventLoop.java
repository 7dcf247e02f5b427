package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// The one thread that publishes and receives. The bench shares the cores with what it measures: a
/// second thread would save no work and wake up twice as often.
public final class BenchEventLoop implements AutoCloseable {

  /// The cheapest TLS: BoringSSL where its library is available, else the JDK.
  public static final SslProvider TLS_PROVIDER =
      OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;

  /// Heap buffers: the TLS of the JDK and [HttpFramer] work on byte arrays.
  static final ByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(false);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("bench-loop", true), NioIoHandler.newFactory());

  EventLoop eventLoop() {
    return group.next();
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
