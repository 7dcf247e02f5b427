package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection to one address that carries one exchange after the other.
///
/// Everything but [#start], [#giveUp] and [#close] happens on its event loop.
final class Connection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {

  private final Route route;
  private final Channel channel;
  private final Consumer<Connection> whenIdle;
  private final AnswerDecoder decoder;

  private @Nullable Exchange current;
  private @Nullable Future<?> deadlineOfCurrent;
  private boolean written;
  private boolean interim;
  private boolean keepAlive;
  private boolean used;
  private @Nullable ErrorClass unfit;

  Connection(Route route, Channel channel, int headBytes, Consumer<Connection> whenIdle) {
    this.route = route;
    this.channel = channel;
    this.whenIdle = whenIdle;
    this.decoder = new AnswerDecoder(headBytes, this::hear);
  }

  /// What turns bytes into answers, to stand before this in the pipeline.
  AnswerDecoder decoder() {
    return decoder;
  }

  Route route() {
    return route;
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /// Sends the request of an exchange and collects the answer; ends it at the deadline.
  void start(Exchange exchange, Deadline deadline) {
    onLoop(exchange, () -> send(exchange, deadline));
  }

  /// Ends an exchange that nobody waits for any more, and this connection with it.
  void giveUp(Exchange exchange) {
    onLoop(exchange, () -> stop(exchange));
  }

  private void stop(Exchange exchange) {
    if (current == exchange) {
      fail(ErrorClass.RESPONSE_TIMEOUT);
    }
  }

  void close() {
    var _ = channel.close();
  }

  /// Has something done once this connection is closed, at once if it is by now.
  void whenClosed(Runnable then) {
    var _ = channel.closeFuture().addListener(_ -> then.run());
  }

  private void onLoop(Exchange exchange, Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException closedTransport) {
      exchange.fail(ErrorClass.CONNECTION_RESET);
    }
  }

  private void send(Exchange exchange, Deadline deadline) {
    if (unfit != null || !channel.isActive()) {
      exchange.fail(unfit == null ? ErrorClass.CONNECTION_RESET : unfit);
      return;
    }
    current = exchange;
    used = true;
    written = false;
    keepAlive = false;
    deadlineOfCurrent =
        channel
            .eventLoop()
            .schedule(() -> stop(exchange), Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
    var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(exchange.request())).addListener(this);
  }

  @Override
  public void operationComplete(ChannelFuture write) {
    written = write.isSuccess();
    if (!written && !channel.isActive() && current != null) {
      fail(ErrorClass.CONNECTION_RESET);
    }
    // Otherwise an answer may still be on its way: a server may refuse a body before it has read
    // all of it.
  }

  /// Raw bytes arrived: of an answer, or of what nobody asked for. False if they are not read.
  private boolean hear(int bytes) {
    if (current == null) {
      spoil();
      return false;
    }
    if (current.hear(bytes)) {
      return true;
    }
    fail(ErrorClass.INVALID_RESPONSE);
    return false;
  }

  /// Makes sure that nothing is sent here any more: what comes next is not the answer to it.
  private void spoil() {
    unfit = used ? ErrorClass.CONNECTION_RESET : ErrorClass.INVALID_RESPONSE;
    close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (current == null) {
        spoil();
      } else {
        read(current, (HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(Exchange exchange, HttpObject message) {
    if (message instanceof HttpResponse head && !readHead(exchange, head)) {
      return;
    }
    if (message instanceof HttpContent content) {
      readContent(exchange, content);
    }
  }

  /// Reads a head; false if that was all.
  private boolean readHead(Exchange exchange, HttpResponse head) {
    int status = head.status().code();
    boolean whole = head.decoderResult().isSuccess();
    boolean http1 = head.protocolVersion().majorVersion() == 1;
    boolean isFinal = status >= 200 && status <= 999;
    if (isFinal && http1 && AnswerHead.hasStatusLine(head)) {
      exchange.begin(status, AnswerHead.retryAfter(head));
      if (!whole) {
        end();
        return false;
      }
      keepAlive = HttpUtil.isKeepAlive(head);
      interim = false;
      return true;
    }
    interim =
        status >= 100 && status < 200 && status != 101 && whole && http1 && exchange.passOver();
    if (!interim) {
      fail(ErrorClass.INVALID_RESPONSE);
    }
    return interim;
  }

  private void readContent(Exchange exchange, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (interim) {
      interim = !last;
      return;
    }
    boolean broken = content.decoderResult().isFailure();
    if (broken || !exchange.take(content.content())) {
      end();
    } else if (last) {
      finish(exchange);
    }
  }

  /// The answer is complete.
  private void finish(Exchange exchange) {
    if (keepAlive && written && !decoder.hasMore() && channel.isActive()) {
      release();
      whenIdle.accept(this);
      exchange.end();
    } else {
      end();
    }
  }

  /// Is done with the exchange that it carries, if it carries one.
  private @Nullable Exchange release() {
    Exchange released = current;
    current = null;
    if (deadlineOfCurrent != null) {
      deadlineOfCurrent.cancel(false);
      deadlineOfCurrent = null;
    }
    return released;
  }

  /// Enough of the answer was read; the connection is good for nothing more.
  private void end() {
    Exchange ended = release();
    if (ended != null) {
      ended.end();
    }
    close();
  }

  private void fail(ErrorClass reason) {
    Exchange failed = release();
    if (failed != null) {
      failed.fail(reason);
    }
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(ErrorClass.CONNECTION_RESET);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (current == null) {
      close();
    } else {
      fail(Failures.exchanging(cause));
    }
  }

  /// The parts of a head that decide.
  private static final class AnswerHead {

    /// What Netty's decoder puts in place of a status line that it can't read.
    private static final int UNREADABLE = 999;

    static boolean hasStatusLine(HttpResponse head) {
      return head.decoderResult().isSuccess() || head.status().code() != UNREADABLE;
    }

    static @Nullable String retryAfter(HttpResponse head) {
      int status = head.status().code();
      return status == 429 || status == 503
          ? head.headers().get(HttpHeaderNames.RETRY_AFTER)
          : null;
    }
  }
}
