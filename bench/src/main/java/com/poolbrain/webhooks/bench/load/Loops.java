package com.poolbrain.webhooks.bench.load;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// The two threads of the bench: one publishes, one receives.
public final class Loops implements AutoCloseable {

  private final MultiThreadIoEventLoopGroup publishing = group("bench-publish");
  private final MultiThreadIoEventLoopGroup receiving = group("bench-receive");

  /// Two threads that wait for work.
  public Loops() {}

  private static MultiThreadIoEventLoopGroup group(String name) {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  EventLoop publishing() {
    return publishing.next();
  }

  EventLoop receiving() {
    return receiving.next();
  }

  @Override
  public void close() {
    var _ = publishing.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    var _ = receiving.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
