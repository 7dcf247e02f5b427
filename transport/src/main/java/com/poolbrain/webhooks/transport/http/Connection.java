package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
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
/// Everything but [#start], [#cancel] and [#close] happens on its event loop.
public final class Connection extends ChannelInboundHandlerAdapter
    implements ChannelFutureListener {

  private final Route route;
  private final Channel channel;
  private final Consumer<Connection> onIdle;
  private final ResponseDecoder decoder;

  private @Nullable HttpExchange currentExchange;
  private @Nullable Future<?> deadlineTimer;
  private boolean requestWritten;
  private boolean readingInterim;
  private boolean keepAlive;
  private boolean used;
  private @Nullable ErrorClass unusableReason;

  public Connection(Route route, Channel channel, int maxHeadBytes, Consumer<Connection> onIdle) {
    this.route = route;
    this.channel = channel;
    this.onIdle = onIdle;
    this.decoder = new ResponseDecoder(maxHeadBytes, this::onBytes);
  }

  /// What turns bytes into answers, to stand before this in the pipeline.
  public ResponseDecoder decoder() {
    return decoder;
  }

  public Route route() {
    return route;
  }

  public boolean isOpen() {
    return channel.isActive();
  }

  /// Sends the request of an exchange and collects the answer; ends it at the deadline.
  public void start(HttpExchange exchange, Deadline deadline) {
    runOnEventLoop(exchange, () -> send(exchange, deadline));
  }

  /// Ends an exchange that nobody waits for any more, and this connection with it.
  public void cancel(HttpExchange exchange) {
    runOnEventLoop(exchange, () -> timeOut(exchange));
  }

  private void timeOut(HttpExchange exchange) {
    if (currentExchange == exchange) {
      failAndClose(ErrorClass.RESPONSE_TIMEOUT);
    }
  }

  public void close() {
    var _ = channel.close();
  }

  /// Has something done once this connection is closed, at once if it is by now.
  public void addCloseListener(Runnable listener) {
    var _ = channel.closeFuture().addListener(_ -> listener.run());
  }

  private void runOnEventLoop(HttpExchange exchange, Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException closedTransport) {
      exchange.fail(ErrorClass.CONNECTION_RESET);
    }
  }

  private void send(HttpExchange exchange, Deadline deadline) {
    if (unusableReason != null || !channel.isActive()) {
      exchange.fail(unusableReason == null ? ErrorClass.CONNECTION_RESET : unusableReason);
      return;
    }
    currentExchange = exchange;
    used = true;
    requestWritten = false;
    keepAlive = false;
    deadlineTimer =
        channel
            .eventLoop()
            .schedule(
                () -> timeOut(exchange),
                Math.max(0, deadline.remainingNanos()),
                TimeUnit.NANOSECONDS);
    var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(exchange.request())).addListener(this);
  }

  @Override
  public void operationComplete(ChannelFuture write) {
    requestWritten = write.isSuccess();
    if (!requestWritten && !channel.isActive() && currentExchange != null) {
      failAndClose(ErrorClass.CONNECTION_RESET);
    }
    // Otherwise an answer may still be on its way: a server may refuse a body before it has read
    // all of it.
  }

  /// Raw bytes arrived: of an answer, or of what nobody asked for. False if they are not read.
  private boolean onBytes(int bytes) {
    if (currentExchange == null) {
      markUnusable();
      return false;
    }
    if (currentExchange.onBytes(bytes)) {
      return true;
    }
    failAndClose(ErrorClass.INVALID_RESPONSE);
    return false;
  }

  /// Makes sure that nothing is sent here any more: what comes next is not the answer to it.
  private void markUnusable() {
    unusableReason = used ? ErrorClass.CONNECTION_RESET : ErrorClass.INVALID_RESPONSE;
    close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (currentExchange == null) {
        markUnusable();
      } else {
        onHttpObject(currentExchange, (HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onHttpObject(HttpExchange exchange, HttpObject message) {
    if (message instanceof HttpResponse head && !readHead(exchange, head)) {
      return;
    }
    if (message instanceof HttpContent content) {
      readContent(exchange, content);
    }
  }

  /// Reads a head; false if that was all.
  private boolean readHead(HttpExchange exchange, HttpResponse head) {
    int status = head.status().code();
    boolean isWellFormed = head.decoderResult().isSuccess();
    boolean isHttp1 = head.protocolVersion().majorVersion() == 1;
    boolean isFinal = status >= 200 && status <= 999;
    if (isFinal && isHttp1 && ResponseHead.hasStatusLine(head)) {
      exchange.onFinalHead(status, ResponseHead.retryAfter(head));
      if (!isWellFormed) {
        completeAndClose();
        return false;
      }
      keepAlive = HttpUtil.isKeepAlive(head);
      readingInterim = false;
      return true;
    }
    readingInterim =
        status >= 100
            && status < 200
            && status != 101
            && isWellFormed
            && isHttp1
            && exchange.onInterim();
    if (!readingInterim) {
      failAndClose(ErrorClass.INVALID_RESPONSE);
    }
    return readingInterim;
  }

  private void readContent(HttpExchange exchange, HttpContent content) {
    boolean isLast = content instanceof LastHttpContent;
    if (readingInterim) {
      readingInterim = !isLast;
      return;
    }
    boolean isMalformed = content.decoderResult().isFailure();
    if (isMalformed || !exchange.onBody(content.content())) {
      completeAndClose();
    } else if (isLast) {
      complete(exchange);
    }
  }

  /// The answer is complete.
  private void complete(HttpExchange exchange) {
    if (keepAlive && requestWritten && !decoder.hasUnreadBytes() && channel.isActive()) {
      detachExchange();
      onIdle.accept(this);
      exchange.complete();
    } else {
      completeAndClose();
    }
  }

  /// Is done with the exchange that it carries, if it carries one.
  private @Nullable HttpExchange detachExchange() {
    HttpExchange released = currentExchange;
    currentExchange = null;
    if (deadlineTimer != null) {
      deadlineTimer.cancel(false);
      deadlineTimer = null;
    }
    return released;
  }

  /// Enough of the answer was read; the connection is good for nothing more.
  private void completeAndClose() {
    HttpExchange ended = detachExchange();
    if (ended != null) {
      ended.complete();
    }
    close();
  }

  private void failAndClose(ErrorClass reason) {
    HttpExchange failed = detachExchange();
    if (failed != null) {
      failed.fail(reason);
    }
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    failAndClose(ErrorClass.CONNECTION_RESET);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (currentExchange == null) {
      close();
    } else {
      failAndClose(ErrorClassifier.classifyExchangeFailure(cause));
    }
  }

  /// The parts of a head that decide.
  private static final class ResponseHead {

    /// What Netty's decoder puts in place of a status line that it can't read.
    private static final int UNREADABLE_STATUS = 999;

    static boolean hasStatusLine(HttpResponse head) {
      return head.decoderResult().isSuccess() || head.status().code() != UNREADABLE_STATUS;
    }

    static @Nullable String retryAfter(HttpResponse head) {
      int status = head.status().code();
      return status == 429 || status == 503
          ? head.headers().get(HttpHeaderNames.RETRY_AFTER)
          : null;
    }
  }
}
