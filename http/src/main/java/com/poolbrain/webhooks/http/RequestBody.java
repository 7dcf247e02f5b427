package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.HttpRoute.BodyFormat;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.share.SenderBudgets.Reservation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of one request, on the event loop of its connection. It waits for room in the budget of
/// its sender, and is then read within the limits. The body of a rejected request is read to its
/// end and discarded, because most clients look for a response only after they have sent
/// everything.
final class RequestBody {

  /// What happens to the connection after a response.
  enum Ending {
    /// It is kept for further requests.
    KEEP,
    /// It is closed at once: the client has sent no body that could be lost with the response.
    CLOSE,
    /// It is closed when the rest of the body was discarded.
    CLOSE_AFTER_BODY
  }

  /// The request that the body belongs to.
  interface Listener {

    /// The whole body has arrived.
    void onBody(byte[] bytes);

    /// The request is rejected: the response can be sent now.
    void onRejected(Response response, Ending ending);

    /// The rest of a body was discarded after the response.
    void onDiscarded();
  }

  private enum State {
    /// Nothing is decided yet, or the body is being read.
    OPEN,
    /// The body waits for room.
    WAITING,
    /// The body has arrived.
    COMPLETE
  }

  private final ServerContext serverContext;
  private final HttpServerRequest request;
  private final EventLoopExecutor eventLoop;
  private final Listener listener;
  private State state = State.OPEN;
  private long sinceNanos = System.nanoTime();
  private String sender = "";
  private long reservedBytes;
  private long bytesRead;
  private long bytesAcquired;
  private final List<Buffer> chunks = new ArrayList<>(1);
  private @Nullable Reservation reservation;
  private @Nullable Response rejection;
  private boolean isScheduled;
  private boolean isContinued;
  private boolean isAnswered;

  RequestBody(
      ServerContext serverContext,
      HttpServerRequest request,
      EventLoopExecutor eventLoop,
      Listener listener) {
    this.serverContext = serverContext;
    this.request = request;
    this.eventLoop = eventLoop;
    this.listener = listener;
  }

  /// Starts to listen. Nothing is kept before [#accept].
  void start() {
    request.handler(this::onChunk);
    request.endHandler(_ -> onEnd());
  }

  /// Reads the body of an authorized request, as soon as earlier bodies of the sender leave room.
  void accept(String authorizedSender, BodyFormat format) {
    long length = announcedLength();
    if (length == 0) {
      request.resume();
      return;
    }
    Problem problem = BodyHeaders.check(request.headers(), format);
    if (problem == null && length > serverContext.limits().maxBodyBytes()) {
      problem = tooLarge();
    }
    if (problem != null) {
      reject(Response.of(problem));
      return;
    }
    sender = authorizedSender;
    reservedBytes = length < 0 ? serverContext.limits().maxBodyBytes() : length;
    state = State.WAITING;
    Reservation room =
        serverContext
            .senderBudgets()
            .reserve(sender, reservedBytes, () -> eventLoop.execute(this::admitInTime));
    reservation = room;
    if (room.isHeld()) {
      admitInTime();
    } else {
      request.pause();
    }
  }

  /// Admits the body as soon as the rate of its sender allows.
  private void admitInTime() {
    if (state != State.WAITING || isScheduled) {
      return;
    }
    isScheduled = true;
    Duration delay =
        reservedBytes > HttpLimits.MAX_EVENT_LOOP_BODY_BYTES
            ? serverContext.senderRates().take(sender, reservedBytes)
            : Duration.ZERO;
    if (delay.isZero()) {
      admit();
    } else {
      request.pause();
      eventLoop.schedule(delay, this::admit);
    }
  }

  private void admit() {
    if (state != State.WAITING || rejection != null) {
      return;
    }
    state = State.OPEN;
    sinceNanos = System.nanoTime();
    if (expectsContinue()) {
      isContinued = true;
      request.response().writeContinue();
    }
    request.resume();
  }

  /// The value of `Content-Length`; -1 if the body is chunked, 0 if there is none.
  private long announcedLength() {
    String contentLength = request.getHeader("Content-Length");
    if (contentLength == null) {
      return request.getHeader("Transfer-Encoding") == null ? 0 : -1;
    }
    return contentLength.length() > 10 ? Long.MAX_VALUE : Long.parseLong(contentLength);
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  private Problem tooLarge() {
    return Problem.of(
        ProblemType.TOO_LARGE,
        "A body has at most %d bytes; send several requests."
            .formatted(serverContext.limits().maxBodyBytes()));
  }

  private void onChunk(Buffer chunk) {
    bytesRead += chunk.length();
    if (rejection != null) {
      if (bytesRead > HttpLimits.MAX_DISCARDED) {
        giveUp(rejection);
      }
    } else if (bytesRead > serverContext.limits().maxBodyBytes()) {
      reject(Response.of(tooLarge()));
    } else if (!serverContext.bodyBudget().tryAcquire(chunk.length())) {
      reject(unavailable("Too many request bytes are in memory; repeat it later."));
    } else {
      bytesAcquired += chunk.length();
      chunks.add(chunk);
    }
  }

  private static Response unavailable(String detail) {
    return Response.of(Problem.unavailable(detail, Duration.ofSeconds(1)));
  }

  /// Discards the body, and lets the request be answered: at once if the client waits for that, or
  /// has announced more than any body may have, else when the body has arrived.
  void reject(Response response) {
    rejection = response;
    release();
    request.resume();
    if (state == State.COMPLETE) {
      answer(response, Ending.KEEP);
    } else if (expectsContinue() && !isContinued) {
      answer(response, Ending.CLOSE);
    } else if (announcedLength() > serverContext.limits().maxBodyBytes()) {
      answer(response, Ending.CLOSE_AFTER_BODY);
    }
  }

  /// Answers a request whose body has no known end. Nothing more can be read from the connection.
  void rejectUnframed(Problem problem) {
    rejection = Response.of(problem);
    release();
    giveUp(rejection);
  }

  private void answer(Response response, Ending ending) {
    isAnswered = true;
    listener.onRejected(response, ending);
  }

  private void giveUp(Response response) {
    if (isAnswered) {
      listener.onDiscarded();
    } else {
      answer(response, Ending.CLOSE);
    }
  }

  private void onEnd() {
    state = State.COMPLETE;
    if (rejection == null) {
      byte[] bytes = join(chunks, Math.toIntExact(bytesRead));
      chunks.clear();
      listener.onBody(bytes);
    } else if (isAnswered) {
      listener.onDiscarded();
    } else {
      answer(rejection, Ending.KEEP);
    }
  }

  private static byte[] join(List<Buffer> chunks, int length) {
    byte[] bytes = new byte[length];
    int offset = 0;
    for (Buffer chunk : chunks) {
      chunk.getBytes(bytes, offset);
      offset += chunk.length();
    }
    return bytes;
  }

  /// Answers a request whose body is not complete in time.
  void endIfStalled(long nowNanos) {
    if (state == State.COMPLETE
        || Duration.ofNanos(nowNanos - sinceNanos).compareTo(serverContext.limits().bodyTimeout())
            <= 0) {
      return;
    }
    Response response = rejection == null ? lateResponse() : rejection;
    rejection = response;
    giveUp(response);
  }

  private Response lateResponse() {
    return state == State.WAITING
        ? unavailable("Too many bodies of this sender are being handled; repeat it later.")
        : Response.of(
            Problem.of(ProblemType.TIMEOUT, "The body did not arrive in time; send it faster."));
  }

  /// Gives back the room that the body has.
  void release() {
    serverContext.bodyBudget().release(bytesAcquired);
    bytesAcquired = 0;
    chunks.clear();
    if (reservation != null) {
      reservation.release();
    }
  }
}
