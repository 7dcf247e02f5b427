package com.poolbrain.webhooks.http.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a [BodyStream] over its connection. At most one part and the write queue of the connection
/// are in memory.
public final class ResponseStream implements BodyWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ResponseStream.class);

  private final HttpServerResponse response;
  private final BodyStream stream;
  private final Executor eventLoop;
  private final Duration stallTimeout;
  private final Runnable onCompleted;
  private final Runnable onCut;

  /// Completed when the connection has room for the next part.
  private final AtomicReference<CompletableFuture<Void>> room =
      new AtomicReference<>(new CompletableFuture<>());

  private volatile boolean isClosed;

  /// @param stallTimeout how long a client may take nothing
  /// @param onCompleted runs on the event loop when the body was sent
  /// @param onCut runs on the event loop when the body can't be completed
  public ResponseStream(
      HttpServerResponse response,
      BodyStream stream,
      Executor eventLoop,
      Duration stallTimeout,
      Runnable onCompleted,
      Runnable onCut) {
    this.response = response;
    this.stream = stream;
    this.eventLoop = eventLoop;
    this.stallTimeout = stallTimeout;
    this.onCompleted = onCompleted;
    this.onCut = onCut;
  }

  /// Sends the whole body. Blocks.
  public void send() {
    try {
      stream.writeTo(this);
      eventLoop.execute(this::end);
    } catch (IOException lost) {
      LOG.debug("A streamed response was cut: {}", lost.getMessage());
      eventLoop.execute(onCut);
    } catch (InterruptedException _) {
      eventLoop.execute(onCut);
    } catch (RuntimeException | Error bug) {
      LOG.error("A streamed response failed and was cut", bug);
      eventLoop.execute(onCut);
    } finally {
      stream.close();
    }
  }

  private void end() {
    if (isClosed || response.closed() || response.ended()) {
      onCut.run();
    } else {
      response.end().onComplete(_ -> onCompleted.run());
    }
  }

  @Override
  public void write(byte[] part) throws IOException, InterruptedException {
    var taken = new CompletableFuture<Void>();
    room.set(taken);
    eventLoop.execute(() -> enqueue(part, taken));
    try {
      taken.get(stallTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new IOException("the client took nothing for " + stallTimeout.toSeconds() + " s");
    } catch (ExecutionException lost) {
      throw new IOException("the connection was closed", lost);
    }
  }

  private void enqueue(byte[] part, CompletableFuture<Void> taken) {
    if (isClosed || response.closed() || response.ended()) {
      taken.completeExceptionally(new IOException("closed"));
      return;
    }
    response.write(Buffer.buffer(part)).onFailure(taken::completeExceptionally);
    if (response.writeQueueFull()) {
      response.drainHandler(_ -> taken.complete(null));
    } else {
      taken.complete(null);
    }
  }

  /// The connection was lost, or the service is stopping: ends the stream at once.
  public void close() {
    isClosed = true;
    room.get().completeExceptionally(new IOException("closed"));
    stream.close();
  }
}
