package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// The thread of the bench that publishes and receives. It is one, because the bench shares the
/// cores with what it measures: a second one would save no work, and wake up twice as often.
public final class BenchEventLoop implements AutoCloseable {

  /// On the heap, where the TLS of the JDK and the cutting of messages want their bytes.
  static final ByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(false);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("bench-loop", true), NioIoHandler.newFactory());

  /// A thread that waits for work.
  public BenchEventLoop() {}

  EventLoop eventLoop() {
    return group.next();
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
