package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.settings.ResponseLimits;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request on one connection, with the response as far as it was read.
///
/// Only the event loop of the connection writes to it until it is done. Then its caller reads it.
public final class HttpExchange {

  /// Bytes kept beyond the limit, so that the last character within the limit is complete.
  private static final int MAX_BYTES_PER_CHARACTER = 4;

  /// An endpoint that sends more interim (1xx) responses is invalid.
  private static final int MAX_INTERIM_RESPONSES = 32;

  private final byte[] request;
  private final ResponseLimits limits;
  private final Thread callerThread = Thread.currentThread();

  private long receivedBytes;
  private int interimCount;
  private int status;
  private @Nullable HttpHeaders headers;
  private byte[] keptBody = {};
  private int keptLength;
  private int bodyBytes;
  private @Nullable Failure failure;
  private volatile boolean done;

  /// @param request encoded request
  public HttpExchange(byte[] request, ResponseLimits limits) {
    this.request = request;
    this.limits = limits;
  }

  /// A new exchange with the same request.
  public HttpExchange copyUnsent() {
    return new HttpExchange(request, limits);
  }

  byte[] request() {
    return request;
  }

  /// Counts raw bytes of the response.
  ///
  /// @return false if the limit was reached before them
  boolean onBytes(int bytes) {
    boolean limitReached = receivedBytes > limits.maxHeadBytes() + limits.maxBodyBytes();
    receivedBytes += bytes;
    return !limitReached;
  }

  /// Skips an interim response.
  ///
  /// @return false if there were too many of them
  boolean onInterim() {
    return ++interimCount <= MAX_INTERIM_RESPONSES;
  }

  /// Takes the final status. It counts even if the rest of the head never arrives.
  void onFinalStatus(int finalStatus) {
    status = finalStatus;
  }

  /// Takes the headers of the final response.
  void onFinalHead(HttpHeaders finalHeaders) {
    headers = finalHeaders;
  }

  /// Takes a part of the body.
  ///
  /// @return whether more of the body is to be read
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

  /// Ends the exchange after the response was read as far as needed.
  void complete() {
    done = true;
    LockSupport.unpark(callerThread);
  }

  /// Ends the exchange; the reason counts only if no final status was received.
  void fail(Failure reason) {
    failure = reason;
    complete();
  }

  /// Waits until the exchange has ended. The connection enforces the deadline: a timed wait would
  /// cost more.
  public void await() throws InterruptedException {
    while (!done) {
      LockSupport.park(this);
      if (!done && Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /// Whether bytes were received, and none of them belongs to an interim response.
  boolean hasBegunFinalResponse() {
    return receivedBytes > 0 && interimCount == 0;
  }

  /// Whether the connection was closed before the first byte of a response.
  public boolean closedBeforeResponse() {
    return receivedBytes == 0 && failure != null && failure.error() == ErrorClass.CONNECTION_RESET;
  }

  /// The result of the ended exchange.
  ///
  /// @param connection on which the request was sent
  public SendResult result(Connection connection, Instant now) {
    return result(connection.route().address(), now).withCertificate(connection.certificate());
  }

  private SendResult result(InetAddress address, Instant now) {
    String detail = failure == null ? null : failure.detail();
    if (status == 0) {
      ErrorClass error = failure == null ? ErrorClass.INVALID_RESPONSE : failure.error();
      return SendResult.failed(error, detail, address);
    }
    EndpointResponse response =
        new EndpointResponse(status, ResponseText.of(keptBody, keptLength, maxKeptBytes()));
    Outcome outcome =
        isSuccess()
            ? new Outcome.Delivered(response)
            : new Outcome.Failed(ErrorClass.fromStatusCode(status), response, retryAfter(now));
    return new SendResult(outcome, address, detail, KeptHeaders.of(headers), bodyBytes, null);
  }

  private @Nullable Duration retryAfter(Instant now) {
    String value = headers == null ? null : headers.get(HttpHeaderNames.RETRY_AFTER);
    return value == null || (status != 429 && status != 503)
        ? null
        : RetryAfter.parseDelay(value, now);
  }
}
