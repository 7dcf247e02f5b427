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
final class PublishConnection extends ChannelInboundHandlerAdapter {

  private static final int NO_REQUEST = -1;
  private static final int NO_ANSWER = 0;
  private static final long RECONNECT_DELAY_MILLIS = 50;
  private static final int MAX_REFUSAL_CHARS = 500;

  /// Who sends by it.
  interface ResponseListener {
    /// The request whose first event is that one was answered; with 0 if the connection was lost.
    void onResponse(int firstEvent, int status);
  }

  /// What it tells its owner.
  ///
  /// @param onIdle it can send again
  /// @param onLost it can no longer send, though it said so
  /// @param onRefused a request was answered otherwise than with 2xx: the answer in words
  record Callbacks(
      ResponseListener onResponse,
      Consumer<PublishConnection> onIdle,
      Consumer<PublishConnection> onLost,
      Consumer<String> onRefused) {}

  private final ConnectionFactory connectionFactory;
  private final Callbacks callbacks;
  private final HttpFramer httpFramer = new HttpFramer(this::onMessage);
  private @Nullable Channel channel;
  private int currentRequest = NO_REQUEST;
  private boolean closed;

  PublishConnection(ConnectionFactory connectionFactory, Callbacks callbacks) {
    this.connectionFactory = connectionFactory;
    this.callbacks = callbacks;
  }

  /// Connects for the first time.
  void connect() throws IOException {
    ChannelFuture connected = connectionFactory.connect(this).awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw new IOException(
          "Can't connect to %s to publish: %s"
              .formatted(connectionFactory, connected.cause().getMessage()),
          connected.cause());
    }
  }

  /// Sends a request; only after it said that it is free.
  void send(int firstEvent, byte[] request) {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException("not free");
    }
    currentRequest = firstEvent;
    var _ = open.writeAndFlush(Unpooled.wrappedBuffer(request), open.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    httpFramer.reset();
    callbacks.onIdle().accept(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      httpFramer.feed(bytes);
    } finally {
      bytes.release();
    }
  }

  private void onMessage(byte[] bytes, int start, int bodyStart, int bodyEnd) {
    int status = HttpFramer.parseStatus(bytes, start);
    if (status / 100 != 1) {
      if (status / 100 != 2) {
        callbacks.onRefused().accept(describeResponse(status, bytes, bodyStart, bodyEnd));
      }
      completeRequest(status);
      callbacks.onIdle().accept(this);
    }
  }

  private static String describeResponse(int status, byte[] bytes, int bodyStart, int bodyEnd) {
    int length = Math.min(bodyEnd - bodyStart, MAX_REFUSAL_CHARS);
    String text = new String(bytes, bodyStart, length, StandardCharsets.UTF_8);
    return (status + " " + text.replaceAll("\\p{Cntrl}+", " ")).strip();
  }

  private void completeRequest(int status) {
    int firstEvent = currentRequest;
    currentRequest = NO_REQUEST;
    if (firstEvent != NO_REQUEST) {
      callbacks.onResponse().onResponse(firstEvent, status);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    channel = null;
    if (currentRequest == NO_REQUEST) {
      callbacks.onLost().accept(this);
    }
    completeRequest(NO_ANSWER);
    reconnect();
  }

  private void reconnect() {
    if (!closed) {
      var _ =
          connectionFactory
              .connect(this)
              .addListener(done -> {
                if (!done.isSuccess()) {
                  var _ =
                      connectionFactory
                          .eventLoop()
                          .schedule(this::reconnect, RECONNECT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
                }
              });
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close(); // counted and made anew in channelInactive
  }

  /// What it waits for is not answered any more.
  void abandonRequest() {
    completeRequest(NO_ANSWER);
  }

  void close() {
    closed = true;
    if (channel != null) {
      var _ = channel.close();
    }
  }
}
