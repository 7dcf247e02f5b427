package com.poolbrain.webhooks.bench.load;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Publishes over a fixed number of connections that are kept alive; each waits for its answer
/// before it sends again. All of it happens on one thread.
public final class LoadGenerator implements AutoCloseable {

  private final EventLoop eventLoop;
  private final List<PublishConnection> connections = new ArrayList<>();
  private final ArrayDeque<PublishConnection> idleConnections = new ArrayDeque<>();
  private final ArrayDeque<Integer> queuedRequests = new ArrayDeque<>();
  private @Nullable ActiveRun activeRun;
  private boolean isNothingSent;
  private boolean isEverythingScheduled;
  private volatile @Nullable String firstRefusal;

  /// A run that is under way.
  ///
  /// @param requestsPerSecond requests; 0 for as many as are answered
  private record ActiveRun(
      RequestSource requestSource,
      RunCounters runCounters,
      int requestsPerSecond,
      TimeRange timeRange,
      CompletableFuture<Void> completion) {

    boolean isOpenLoop() {
      return requestsPerSecond > 0;
    }
  }

  /// From when to when, monotonic.
  private record TimeRange(long startNanos, long endNanos) {}

  /// Connects.
  ///
  /// @param url where to publish
  public LoadGenerator(BenchEventLoop benchEventLoop, URI url, int connectionCount)
      throws IOException {
    eventLoop = benchEventLoop.eventLoop();
    ConnectionFactory connectionFactory = new ConnectionFactory(eventLoop, url);
    for (int i = 0; i < connectionCount; i++) {
      connections.add(
          new PublishConnection(
              connectionFactory,
              new PublishConnection.Callbacks(
                  this::onResponse, this::onIdle, idleConnections::remove, this::onRefused)));
    }
    for (PublishConnection connection : connections) {
      connection.connect();
    }
  }

  /// Publishes as fast as answers come, for that long or until the tally is full, but something
  /// however late this machine begins.
  public void runClosedLoop(
      RequestSource requestSource, RunCounters runCounters, long durationNanos) {
    run(requestSource, runCounters, 0, durationNanos);
  }

  /// Publishes so many requests a second on a fixed schedule. Latencies count from the scheduled
  /// moment, so that a server that stalls does not hide it.
  public void runOpenLoop(
      RequestSource requestSource,
      RunCounters runCounters,
      int requestsPerSecond,
      long durationNanos) {
    run(requestSource, runCounters, requestsPerSecond, durationNanos);
  }

  private void run(
      RequestSource requestSource,
      RunCounters runCounters,
      int requestsPerSecond,
      long durationNanos) {
    long now = System.nanoTime();
    ActiveRun next =
        new ActiveRun(
            requestSource,
            runCounters,
            requestsPerSecond,
            new TimeRange(now, now + durationNanos),
            new CompletableFuture<>());
    eventLoop.execute(() -> {
      activeRun = next;
      isNothingSent = true;
      isEverythingScheduled = false;
      if (!next.isOpenLoop()) {
        List.copyOf(idleConnections).forEach(_ -> sendNext(next));
      }
    });
    if (next.isOpenLoop()) {
      runSchedule(next);
    }
    // Answers that never come end a run too.
    next.completion()
        .completeOnTimeout(
            null, durationNanos + TimeUnit.SECONDS.toNanos(60), TimeUnit.NANOSECONDS);
    next.completion().join();
    eventLoop.submit(this::abandonUnanswered).syncUninterruptibly();
  }

  /// What is not answered by now counts as that, and so does what could not even be sent.
  private void abandonUnanswered() {
    connections.forEach(PublishConnection::abandonRequest);
    for (int firstEvent = pollQueued(); firstEvent >= 0; firstEvent = pollQueued()) {
      onResponse(firstEvent, 0);
    }
    activeRun = null;
  }

  private int pollQueued() {
    Integer firstEvent = queuedRequests.poll();
    return firstEvent == null ? -1 : firstEvent;
  }

  /// Hands out requests when they are due. The calling thread waits, because the loop can wait for
  /// whole milliseconds only.
  private void runSchedule(ActiveRun now) {
    long total =
        (now.timeRange().endNanos() - now.timeRange().startNanos())
            / 1_000
            * now.requestsPerSecond()
            / 1_000_000;
    long sent = 0;
    while (sent < total) {
      long waitNanos = scheduledNanos(now, sent) - System.nanoTime();
      if (waitNanos > 0) {
        LockSupport.parkNanos(this, waitNanos);
      }
      long elapsedNanos = System.nanoTime() - now.timeRange().startNanos();
      long due = Math.min(total, elapsedNanos / 1_000 * now.requestsPerSecond() / 1_000_000 + 1);
      long from = sent;
      eventLoop.execute(() -> sendDue(now, from, due));
      sent = due;
    }
    eventLoop.execute(() -> {
      isEverythingScheduled = true;
      completeWhenIdle(now);
    });
  }

  private void sendDue(ActiveRun now, long from, long to) {
    for (long request = from; request < to; request++) {
      int firstEvent = now.runCounters().reserve(now.requestSource().eventsPerRequest());
      now.runCounters()
          .scheduled(
              firstEvent, now.requestSource().eventsPerRequest(), scheduledNanos(now, request));
      queuedRequests.add(firstEvent);
    }
    while (!queuedRequests.isEmpty() && !idleConnections.isEmpty()) {
      send(now, idleConnections.poll(), queuedRequests.poll());
    }
  }

  private static long scheduledNanos(ActiveRun activeRun, long request) {
    return activeRun.timeRange().startNanos()
        + request * 1_000_000_000L / activeRun.requestsPerSecond();
  }

  private void sendNext(ActiveRun now) {
    PublishConnection connection = idleConnections.poll();
    if (connection == null) {
      return;
    }
    boolean shouldSend = isNothingSent || System.nanoTime() < now.timeRange().endNanos();
    isNothingSent = false;
    int firstEvent =
        shouldSend ? now.runCounters().reserve(now.requestSource().eventsPerRequest()) : -1;
    if (firstEvent < 0) {
      idleConnections.push(connection);
      completeWhenIdle(now);
      return;
    }
    now.runCounters()
        .scheduled(firstEvent, now.requestSource().eventsPerRequest(), System.nanoTime());
    send(now, connection, firstEvent);
  }

  private static void send(ActiveRun now, PublishConnection connection, int firstEvent) {
    connection.send(firstEvent, now.requestSource().request(firstEvent));
  }

  private void onRefused(String response) {
    if (firstRefusal == null) {
      firstRefusal = response;
    }
  }

  /// Status and body of the first answer that was not a 2xx, cut short; null if there was none.
  public @Nullable String firstRefusal() {
    return firstRefusal;
  }

  private void onResponse(int firstEvent, int status) {
    ActiveRun now = activeRun;
    if (now != null) {
      int events = now.requestSource().eventsPerRequest();
      int copies = now.requestSource().fanOut(firstEvent);
      now.runCounters().recordResponse(firstEvent, events, copies, status, System.nanoTime());
    }
  }

  /// A client can send again.
  private void onIdle(PublishConnection connection) {
    idleConnections.push(connection);
    ActiveRun now = activeRun;
    if (now == null) {
      return;
    }
    if (!now.isOpenLoop()) {
      sendNext(now);
    } else if (!queuedRequests.isEmpty()) {
      send(now, idleConnections.poll(), queuedRequests.poll());
    } else if (isEverythingScheduled) {
      completeWhenIdle(now);
    }
  }

  private void completeWhenIdle(ActiveRun now) {
    if (idleConnections.size() == connections.size() && queuedRequests.isEmpty()) {
      now.completion().complete(null);
    }
  }

  @Override
  public void close() {
    eventLoop.submit(() -> connections.forEach(PublishConnection::close)).syncUninterruptibly();
  }
}
