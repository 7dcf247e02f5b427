package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request on one connection and what has come back of its answer so far.
///
/// The connection's event loop alone writes to it, until it is over; then its caller reads it.
final class Exchange {

  /// Bytes kept beyond the limit, so that the last character within it is whole.
  private static final int CHARACTER = 4;

  /// An endpoint that says "wait" more often than this is not answering.
  private static final int MOST_INTERIM = 32;

  private final byte[] request;
  private final AnswerLimits limits;
  private final Thread caller = Thread.currentThread();

  private long heard;
  private int interim;
  private int status;
  private @Nullable String retryAfter;
  private byte[] kept = {};
  private int keptLength;
  private int read;
  private @Nullable ErrorClass failure;
  private volatile boolean over;

  /// @param request its bytes
  Exchange(byte[] request, AnswerLimits limits) {
    this.request = request;
    this.limits = limits;
  }

  /// The same request, as if nothing had been sent.
  Exchange again() {
    return new Exchange(request, limits);
  }

  byte[] request() {
    return request;
  }

  /// Raw bytes of an answer arrived; false if so many came before them that no more are read.
  boolean hear(int bytes) {
    boolean enough = heard > limits.headBytes() + limits.readBytes();
    heard += bytes;
    return !enough;
  }

  /// Another interim answer is passed over; false if that is enough of them.
  boolean passOver() {
    return ++interim <= MOST_INTERIM;
  }

  void begin(int finalStatus, @Nullable String wait) {
    status = finalStatus;
    retryAfter = wait;
  }

  /// Takes a piece of the body; false if no more of it is read.
  boolean take(ByteBuf piece) {
    int room = keptLimit() + CHARACTER - keptLength;
    int length = Math.min(piece.readableBytes(), room);
    if (length > 0) {
      if (kept.length < keptLength + length) {
        kept = Arrays.copyOf(kept, Math.max(2 * kept.length, keptLength + length));
      }
      piece.getBytes(piece.readerIndex(), kept, keptLength, length);
      keptLength += length;
    }
    read += piece.readableBytes();
    return read <= limits.readBytes();
  }

  private int keptLimit() {
    return isSuccess() ? limits.keptOfSuccess() : limits.keptBytes();
  }

  private boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// Ends it well: as much of an answer is there as will be read.
  void end() {
    over = true;
    LockSupport.unpark(caller);
  }

  /// Ends it, for this reason if no final status has come.
  void fail(ErrorClass reason) {
    failure = reason;
    end();
  }

  /// Waits until it is over: its connection sees to its end. The wait itself has no limit, for that
  /// would cost more than all the rest of waiting.
  void await() throws InterruptedException {
    while (!over) {
      LockSupport.park(this);
      if (!over && Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /// Whether the connection went away without a single byte of an answer.
  boolean diedUnheard() {
    return heard == 0 && failure == ErrorClass.CONNECTION_RESET;
  }

  /// How it ended.
  Outcome outcome(Instant now) {
    if (status == 0) {
      return new Outcome.Failed(failure == null ? ErrorClass.INVALID_RESPONSE : failure);
    }
    Answer answer = new Answer(status, AnswerText.of(kept, keptLength, keptLimit()));
    if (isSuccess()) {
      return new Outcome.Delivered(answer);
    }
    Duration wait = retryAfter == null ? null : RetryAfter.wait(retryAfter, now);
    return new Outcome.Failed(ErrorClass.ofStatus(status), answer, wait);
  }
}
