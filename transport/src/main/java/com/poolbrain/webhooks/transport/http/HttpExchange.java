package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.transport.ResponseLimits;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request on one connection and what has come back of its answer so far.
///
/// The connection's event loop alone writes to it, until it is over; then its caller reads it.
public final class HttpExchange {

  /// Bytes kept beyond the limit, so that the last character within it is whole.
  private static final int MAX_BYTES_PER_CHARACTER = 4;

  /// An endpoint that says "wait" more often than this is not answering.
  private static final int MAX_INTERIM_RESPONSES = 32;

  private final byte[] request;
  private final ResponseLimits limits;
  private final Thread callerThread = Thread.currentThread();

  private long receivedBytes;
  private int interimCount;
  private int status;
  private @Nullable String retryAfter;
  private byte[] keptBody = {};
  private int keptLength;
  private int bodyBytes;
  private @Nullable ErrorClass failure;
  private volatile boolean done;

  /// @param request its bytes
  public HttpExchange(byte[] request, ResponseLimits limits) {
    this.request = request;
    this.limits = limits;
  }

  /// The same request, as if nothing had been sent.
  public HttpExchange copyUnsent() {
    return new HttpExchange(request, limits);
  }

  byte[] request() {
    return request;
  }

  /// Raw bytes of an answer arrived; false if so many came before them that no more are read.
  boolean onBytes(int bytes) {
    boolean limitReached = receivedBytes > limits.maxHeadBytes() + limits.maxBodyBytes();
    receivedBytes += bytes;
    return !limitReached;
  }

  /// Another interim answer is passed over; false if that is enough of them.
  boolean onInterim() {
    return ++interimCount <= MAX_INTERIM_RESPONSES;
  }

  void onFinalHead(int finalStatus, @Nullable String requestedDelay) {
    status = finalStatus;
    retryAfter = requestedDelay;
  }

  /// Takes a piece of the body; false if no more of it is read.
  boolean onBody(ByteBuf content) {
    int remaining = maxKeptBytes() + MAX_BYTES_PER_CHARACTER - keptLength;
    int length = Math.min(content.readableBytes(), remaining);
    if (length > 0) {
      if (keptBody.length < keptLength + length) {
        keptBody = Arrays.copyOf(keptBody, Math.max(2 * keptBody.length, keptLength + length));
      }
      content.getBytes(content.readerIndex(), keptBody, keptLength, length);
      keptLength += length;
    }
    bodyBytes += content.readableBytes();
    return bodyBytes <= limits.maxBodyBytes();
  }

  private int maxKeptBytes() {
    return isSuccess() ? limits.maxKeptSuccessBytes() : limits.maxKeptErrorBytes();
  }

  private boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// Ends it well: as much of an answer is there as will be read.
  void complete() {
    done = true;
    LockSupport.unpark(callerThread);
  }

  /// Ends it, for this reason if no final status has come.
  void fail(ErrorClass reason) {
    failure = reason;
    complete();
  }

  /// Waits until it is over: its connection sees to its end. The wait itself has no limit, for that
  /// would cost more than all the rest of waiting.
  public void await() throws InterruptedException {
    while (!done) {
      LockSupport.park(this);
      if (!done && Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /// Whether the connection went away without a single byte of an answer.
  public boolean closedBeforeResponse() {
    return receivedBytes == 0 && failure == ErrorClass.CONNECTION_RESET;
  }

  /// How it ended.
  public Outcome outcome(Instant now) {
    if (status == 0) {
      return new Outcome.Failed(failure == null ? ErrorClass.INVALID_RESPONSE : failure);
    }
    EndpointResponse response =
        new EndpointResponse(status, ResponseText.of(keptBody, keptLength, maxKeptBytes()));
    if (isSuccess()) {
      return new Outcome.Delivered(response);
    }
    Duration requestedDelay = retryAfter == null ? null : RetryAfter.parseDelay(retryAfter, now);
    return new Outcome.Failed(ErrorClass.fromStatusCode(status), response, requestedDelay);
  }
}
