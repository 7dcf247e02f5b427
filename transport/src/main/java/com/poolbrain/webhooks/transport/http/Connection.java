package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.address.Deadline;
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

/// A connection to one address. Carries one exchange at a time.
///
/// All methods except [#start], [#cancel] and [#close] run on its event loop.
public final class Connection extends ChannelInboundHandlerAdapter
    implements ChannelFutureListener {

  /// The status that Netty's decoder sets if it can't read the status line.
  private static final int UNREADABLE_STATUS = 999;

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
    this.decoder = new ResponseDecoder(maxHeadBytes, this::onBytes, this::onStatusLine);
  }

  /// The decoder that belongs before this handler in the pipeline.
  public ResponseDecoder decoder() {
    return decoder;
  }

  public Route route() {
    return route;
  }

  public boolean isOpen() {
    return channel.isActive();
  }

  /// Sends the request of an exchange and reads the response, until the deadline.
  public void start(HttpExchange exchange, Deadline deadline) {
    runOnEventLoop(exchange, () -> send(exchange, deadline));
  }

  /// Ends an exchange whose caller has stopped waiting, and closes the connection.
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

  /// Calls a listener when this connection is closed; at once if it is closed already.
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
    // Otherwise a response may still arrive: a server may reject a body before it has read all.
  }

  /// Called when raw bytes arrive, of a response or without a request.
  ///
  /// @return whether the bytes are to be decoded
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

  /// A 2xx counts from its status line on, whatever happens to the headers.
  private void onStatusLine(HttpResponse head) {
    boolean isSuccess = head.status().code() >= 200 && head.status().code() < 300;
    if (isSuccess && head.protocolVersion().majorVersion() == 1 && currentExchange != null) {
      currentExchange.onFinalHead(head.status().code(), null);
    }
  }

  /// Ends the use of this connection, because received bytes do not belong to a request.
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

  /// Reads the head of a response.
  ///
  /// @return whether content is to be read
  private boolean readHead(HttpExchange exchange, HttpResponse head) {
    int status = head.status().code();
    boolean isWellFormed = head.decoderResult().isSuccess();
    boolean isHttp1 = head.protocolVersion().majorVersion() == 1;
    boolean isFinal = status >= 200 && status <= 999;
    if (isFinal && isHttp1 && hasStatusLine(head)) {
      exchange.onFinalHead(status, retryAfter(head));
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

  /// The response is complete.
  private void complete(HttpExchange exchange) {
    if (keepAlive && requestWritten && !decoder.hasUnreadBytes() && channel.isActive()) {
      detachExchange();
      onIdle.accept(this);
      exchange.complete();
    } else {
      completeAndClose();
    }
  }

  /// Detaches the current exchange, if there is one.
  private @Nullable HttpExchange detachExchange() {
    HttpExchange released = currentExchange;
    currentExchange = null;
    if (deadlineTimer != null) {
      deadlineTimer.cancel(false);
      deadlineTimer = null;
    }
    return released;
  }

  /// Completes the exchange with what was read, and closes the connection.
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

  private static boolean hasStatusLine(HttpResponse head) {
    return head.decoderResult().isSuccess() || head.status().code() != UNREADABLE_STATUS;
  }

  private static @Nullable String retryAfter(HttpResponse head) {
    int status = head.status().code();
    return status == 429 || status == 503 ? head.headers().get(HttpHeaderNames.RETRY_AFTER) : null;
  }
}
