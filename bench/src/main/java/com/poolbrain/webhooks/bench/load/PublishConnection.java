package com.poolbrain.webhooks.bench.load;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One publisher with one connection, which it reopens when the server closes it.
@Sharable // with its own successive connections only
final class PublishConnection extends ChannelInboundHandlerAdapter {

  /// Status of a request whose connection was lost.
  static final int NO_RESPONSE = 0;

  private static final int NO_REQUEST = -1;
  private static final long RECONNECT_DELAY_MILLIS = 50;
  private static final int MAX_REFUSAL_CHARS = 500;

  private final ConnectionFactory factory;
  private final LoadGenerator generator;
  private final HttpFramer framer = new HttpFramer(this::onMessage);
  private @Nullable Channel channel;
  private int currentRequest = NO_REQUEST;
  private boolean closed;

  PublishConnection(ConnectionFactory factory, LoadGenerator generator) {
    this.factory = factory;
    this.generator = generator;
  }

  /// Connects for the first time.
  void connect() {
    ChannelFuture connected = factory.connect(this).awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw CommandException.of(
          "Can't connect to %s:%d to publish: %s"
              .formatted(factory.host(), factory.port(), connected.cause().getMessage()));
    }
  }

  /// Sends a request over an idle connection.
  void send(int firstEvent, byte[] request) {
    Channel open = channel;
    if (open == null || currentRequest != NO_REQUEST) {
      throw new IllegalStateException("The connection is not idle.");
    }
    currentRequest = firstEvent;
    var _ = open.writeAndFlush(Unpooled.wrappedBuffer(request), open.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    framer.reset();
    generator.onIdle(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    framer.feed((ByteBuf) message);
  }

  private void onMessage(byte[] bytes, int start, int bodyStart, int bodyEnd) {
    int status = HttpFramer.parseStatus(bytes, start);
    if (status / 100 == 1) {
      return; // an interim response
    }
    if (status / 100 != 2) {
      generator.onRefused(describeResponse(status, bytes, bodyStart, bodyEnd));
    }
    completeRequest(status);
    generator.onIdle(this);
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
      generator.onResponse(firstEvent, status);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    channel = null;
    if (currentRequest == NO_REQUEST) {
      generator.onLost(this);
    }
    completeRequest(NO_RESPONSE);
    reconnect();
  }

  private void reconnect() {
    if (!closed) {
      var _ =
          factory
              .connect(this)
              .addListener(connected -> {
                if (!connected.isSuccess()) {
                  var _ =
                      factory
                          .eventLoop()
                          .schedule(this::reconnect, RECONNECT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
                }
              });
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close(); // channelInactive counts the request and reconnects
  }

  /// Counts the current request as unanswered.
  void abandonRequest() {
    completeRequest(NO_RESPONSE);
  }

  void close() {
    closed = true;
    if (channel != null) {
      var _ = channel.close();
    }
  }
}
