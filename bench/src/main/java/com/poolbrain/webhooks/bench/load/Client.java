package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One publisher with one connection at a time, which it makes anew when the server closes it.
@Sharable // of its own connections only, one after the other
final class Client extends ChannelInboundHandlerAdapter {

  private static final int NONE = -1;
  private static final int NO_ANSWER = 0;
  private static final long AGAIN_MILLIS = 50;
  private static final int MOST_WORDS = 500;

  /// Who sends by it.
  interface Answered {
    /// The request whose first event is that one was answered; with 0 if the connection was lost.
    void answered(int first, int status);
  }

  /// What it tells its owner.
  ///
  /// @param free it can send again
  /// @param lost it can no longer send, though it said so
  /// @param refused a request was answered otherwise than with 2xx: the answer in words
  record Owner(
      Answered answered, Consumer<Client> free, Consumer<Client> lost, Consumer<String> refused) {}

  private final Dial dial;
  private final Owner owner;
  private final HttpFrames frames = new HttpFrames(this::message);
  private @Nullable Channel channel;
  private int current = NONE;
  private boolean closed;

  Client(Dial dial, Owner owner) {
    this.dial = dial;
    this.owner = owner;
  }

  /// Connects for the first time.
  void connect() throws IOException {
    ChannelFuture connected = dial.connect(this).awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw new IOException(
          "Can't connect to %s to publish: %s".formatted(dial, connected.cause().getMessage()),
          connected.cause());
    }
  }

  /// Sends a request; only after it said that it is free.
  void send(int first, byte[] request) {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException("not free");
    }
    current = first;
    var _ = open.writeAndFlush(Unpooled.wrappedBuffer(request), open.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    frames.clear();
    owner.free().accept(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      frames.take(bytes);
    } finally {
      bytes.release();
    }
  }

  private void message(byte[] bytes, int start, int body, int end) {
    int status = HttpFrames.status(bytes, start);
    if (status / 100 != 1) {
      if (status / 100 != 2) {
        owner.refused().accept(words(status, bytes, body, end));
      }
      finish(status);
      owner.free().accept(this);
    }
  }

  private static String words(int status, byte[] bytes, int body, int end) {
    int length = Math.min(end - body, MOST_WORDS);
    String text = new String(bytes, body, length, StandardCharsets.UTF_8);
    return (status + " " + text.replaceAll("\\p{Cntrl}+", " ")).strip();
  }

  private void finish(int status) {
    int first = current;
    current = NONE;
    if (first != NONE) {
      owner.answered().answered(first, status);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    channel = null;
    if (current == NONE) {
      owner.lost().accept(this);
    }
    finish(NO_ANSWER);
    again();
  }

  private void again() {
    if (!closed) {
      var _ =
          dial.connect(this)
              .addListener(done -> {
                if (!done.isSuccess()) {
                  var _ = dial.loop().schedule(this::again, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
              });
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close(); // counted and made anew in channelInactive
  }

  /// What it waits for is not answered any more.
  void giveUp() {
    finish(NO_ANSWER);
  }

  void close() {
    closed = true;
    if (channel != null) {
      var _ = channel.close();
    }
  }
}
