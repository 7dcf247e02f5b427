package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.failure.ErrorClassifier;
import com.poolbrain.webhooks.transport.failure.Failure;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
  private final BooleanSupplier clientCertificateRequested;
  private final Consumer<Connection> onIdle;
  private final ResponseDecoder decoder;

  private @Nullable ShownCertificate certificate;
  private @Nullable HttpExchange currentExchange;
  private @Nullable Future<?> deadlineTimer;
  private boolean requestWritten;
  private boolean readingInterim;
  private boolean keepAlive;
  private boolean used;
  private boolean hasReceivedBytes;
  private @Nullable Failure unusableReason;

  /// @param clientCertificateRequested whether the server has asked for a client certificate
  /// @param onIdle called each time the connection has completed an exchange
  public Connection(
      Route route,
      Channel channel,
      int maxHeadBytes,
      BooleanSupplier clientCertificateRequested,
      Consumer<Connection> onIdle) {
    this.route = route;
    this.channel = channel;
    this.clientCertificateRequested = clientCertificateRequested;
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

  /// Takes the certificate that the server showed, before the first exchange.
  public void onHandshake(ShownCertificate shown) {
    certificate = shown;
  }

  /// The certificate that the server showed; null without TLS.
  public @Nullable ShownCertificate certificate() {
    return certificate;
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
      failAndClose(new Failure(ErrorClass.RESPONSE_TIMEOUT));
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
      exchange.fail(new Failure(ErrorClass.CONNECTION_RESET));
    }
  }

  private void send(HttpExchange exchange, Deadline deadline) {
    if (unusableReason != null || !channel.isActive()) {
      exchange.fail(unusableReason == null ? closed() : unusableReason);
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
      failAndClose(explain(write.cause()));
    }
    // Otherwise a response may still arrive: a server may reject a body before it has read all.
  }

  /// Called when raw bytes arrive, of a response or without a request.
  ///
  /// @return whether the bytes are to be decoded
  private boolean onBytes(int bytes) {
    hasReceivedBytes = true;
    if (currentExchange == null) {
      markUnusable();
      return false;
    }
    if (currentExchange.onBytes(bytes)) {
      return true;
    }
    failAndClose(new Failure(ErrorClass.INVALID_RESPONSE, "The response never ends."));
    return false;
  }

  /// Ends the use of this connection, because received bytes do not belong to a request.
  private void markUnusable() {
    unusableReason =
        used
            ? new Failure(ErrorClass.CONNECTION_RESET)
            : new Failure(ErrorClass.INVALID_RESPONSE, "The server sent data before a request.");
    close();
  }

  /// Called when a status line has arrived, before the rest of its head.
  private void onStatusLine(HttpResponse response) {
    if (currentExchange != null && isFinal(response)) {
      currentExchange.onFinalStatus(response.status().code());
    }
  }

  private static boolean isFinal(HttpResponse response) {
    int status = response.status().code();
    return status >= 200 && status <= 999 && response.protocolVersion().majorVersion() == 1;
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
    if (isFinal(head) && hasStatusLine(head)) {
      exchange.onFinalStatus(status);
      exchange.onFinalHead(head.headers());
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
            && head.protocolVersion().majorVersion() == 1
            && exchange.onInterim();
    if (!readingInterim) {
      failAndClose(
          new Failure(
              ErrorClass.INVALID_RESPONSE,
              hasStatusLine(head)
                  ? "The response has the status " + head.status() + ", which is not final."
                  : "The response does not begin with a status line of HTTP/1.1."));
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

  private void failAndClose(Failure reason) {
    HttpExchange failed = detachExchange();
    if (failed != null) {
      failed.fail(reason);
    }
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    failAndClose(closed());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (currentExchange == null) {
      unusableReason = explain(cause);
      close();
    } else {
      failAndClose(explain(cause));
    }
  }

  private Failure closed() {
    return explain(
        new Failure(ErrorClass.CONNECTION_RESET, "The connection was closed before a response."));
  }

  private Failure explain(Throwable cause) {
    return explain(ErrorClassifier.classifyExchangeFailure(cause));
  }

  /// Replaces a failure by its likely reason.
  private Failure explain(Failure failure) {
    boolean isReset = failure.error() == ErrorClass.CONNECTION_RESET;
    if (!hasReceivedBytes
        && (isReset || failure.error() == ErrorClass.TLS_OTHER)
        && clientCertificateRequested.getAsBoolean()) {
      return Failure.clientCertificateRequired(String.valueOf(failure.detail()));
    }
    boolean hasBegunResponse =
        decoder.hasUnreadBytes()
            || (currentExchange != null && currentExchange.hasBegunFinalResponse());
    return isReset && hasBegunResponse
        ? new Failure(ErrorClass.INVALID_RESPONSE, "The connection was closed within the response.")
        : failure;
  }

  private static boolean hasStatusLine(HttpResponse head) {
    return head.decoderResult().isSuccess() || head.status().code() != UNREADABLE_STATUS;
  }
}
