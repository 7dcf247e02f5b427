package com.poolbrain.webhooks.bench.load;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Publishes over a fixed number of keep-alive connections. Each connection waits for the response
/// before it sends again. All state belongs to one thread, the event loop.
public final class LoadGenerator implements AutoCloseable {

  private static final long RESPONSE_TIMEOUT_SECONDS = 60;

  private final EventLoop eventLoop;
  private final List<PublishConnection> connections = new ArrayList<>();
  private final ArrayDeque<PublishConnection> idleConnections = new ArrayDeque<>();
  private final ArrayDeque<Integer> queuedRequests = new ArrayDeque<>();
  private @Nullable ActiveRun activeRun;
  private boolean isNothingSent;
  private boolean isEverythingScheduled;

  /// The current run. Times are monotonic.
  ///
  /// @param requestsPerSecond 0 for a closed loop
  private record ActiveRun(
      RoundRobinRequests requests,
      RunCounters counters,
      int requestsPerSecond,
      long startNanos,
      long endNanos,
      CompletableFuture<Void> completion) {

    boolean isOpenLoop() {
      return requestsPerSecond > 0;
    }

    /// Requests that are due this long after the start.
    long dueAfter(long nanos) {
      return nanos / 1_000 * requestsPerSecond / 1_000_000;
    }

    long scheduledNanos(long request) {
      return startNanos + request * 1_000_000_000L / requestsPerSecond;
    }

    int reserve(long sendNanos) {
      return counters.reserve(requests.eventsPerRequest(), sendNanos);
    }

    void send(PublishConnection connection, int firstEvent) {
      connection.send(firstEvent, requests.request(firstEvent));
    }
  }

  /// Opens the connections.
  ///
  /// @param url to publish to
  public LoadGenerator(BenchEventLoop benchEventLoop, URI url, int connectionCount) {
    eventLoop = benchEventLoop.eventLoop();
    ConnectionFactory factory = ConnectionFactory.to(url, eventLoop);
    for (int i = 0; i < connectionCount; i++) {
      connections.add(new PublishConnection(factory, this));
    }
    connections.forEach(PublishConnection::connect);
  }

  /// Publishes a load and returns when every request has its response.
  ///
  /// A closed loop ends when the time is over or the counters are full; it sends at least one
  /// request. On a schedule, latencies count from the scheduled time, so that a stalled server
  /// cannot hide its stall.
  public void run(LoadProfile profile, RoundRobinRequests requests, RunCounters counters) {
    long startNanos = System.nanoTime();
    ActiveRun run =
        new ActiveRun(
            requests,
            counters,
            profile.requestsPerSecond(),
            startNanos,
            startNanos + TimeUnit.SECONDS.toNanos(profile.seconds()),
            new CompletableFuture<>());
    eventLoop.execute(() -> {
      activeRun = run;
      isNothingSent = true;
      isEverythingScheduled = false;
      if (!run.isOpenLoop()) {
        List.copyOf(idleConnections).forEach(_ -> sendNext(run));
      }
    });
    if (run.isOpenLoop()) {
      runSchedule(run);
    }
    run.completion()
        .completeOnTimeout(null, profile.seconds() + RESPONSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .join();
    eventLoop.submit(this::abandonUnanswered).syncUninterruptibly();
  }

  /// Counts requests without a response, and requests that were never sent, as unanswered.
  private void abandonUnanswered() {
    connections.forEach(PublishConnection::abandonRequest);
    queuedRequests.forEach(firstEvent -> onResponse(firstEvent, PublishConnection.NO_RESPONSE));
    queuedRequests.clear();
    activeRun = null;
  }

  /// Hands out requests when they are due. The calling thread waits, because the event loop can
  /// wait only for whole milliseconds.
  private void runSchedule(ActiveRun run) {
    long total = run.dueAfter(run.endNanos() - run.startNanos());
    long sent = 0;
    while (sent < total) {
      long waitNanos = run.scheduledNanos(sent) - System.nanoTime();
      if (waitNanos > 0) {
        LockSupport.parkNanos(this, waitNanos);
      }
      long from = sent;
      long due = Math.min(total, run.dueAfter(System.nanoTime() - run.startNanos()) + 1);
      eventLoop.execute(() -> sendDue(run, from, due));
      sent = due;
    }
    eventLoop.execute(() -> {
      isEverythingScheduled = true;
      completeWhenIdle(run);
    });
  }

  private void sendDue(ActiveRun run, long from, long to) {
    for (long request = from; request < to; request++) {
      queuedRequests.add(run.reserve(run.scheduledNanos(request)));
    }
    while (!queuedRequests.isEmpty() && !idleConnections.isEmpty()) {
      run.send(idleConnections.poll(), queuedRequests.poll());
    }
  }

  private void sendNext(ActiveRun run) {
    PublishConnection connection = idleConnections.poll();
    if (connection == null) {
      return;
    }
    boolean shouldSend = isNothingSent || System.nanoTime() < run.endNanos();
    isNothingSent = false;
    int firstEvent = shouldSend ? run.reserve(System.nanoTime()) : RunCounters.FULL;
    if (firstEvent == RunCounters.FULL) {
      idleConnections.push(connection);
      completeWhenIdle(run);
    } else {
      run.send(connection, firstEvent);
    }
  }

  /// A connection can send again.
  void onIdle(PublishConnection connection) {
    idleConnections.push(connection);
    ActiveRun run = activeRun;
    if (run == null) {
      return;
    }
    if (!run.isOpenLoop()) {
      sendNext(run);
    } else if (!queuedRequests.isEmpty()) {
      run.send(idleConnections.poll(), queuedRequests.poll());
    } else if (isEverythingScheduled) {
      completeWhenIdle(run);
    }
  }

  /// An idle connection was closed by the server.
  void onLost(PublishConnection connection) {
    idleConnections.remove(connection);
  }

  void onResponse(int firstEvent, int status) {
    ActiveRun run = activeRun;
    if (run != null) {
      int fanOut = run.requests().fanOut(firstEvent);
      int eventCount = run.requests().eventsPerRequest();
      run.counters().recordResponse(firstEvent, eventCount, fanOut, status, System.nanoTime());
    }
  }

  void onRefused(String response) {
    if (activeRun != null) {
      activeRun.counters().recordRefusal(response);
    }
  }

  private void completeWhenIdle(ActiveRun run) {
    if (idleConnections.size() == connections.size() && queuedRequests.isEmpty()) {
      run.completion().complete(null);
    }
  }

  @Override
  public void close() {
    eventLoop.submit(() -> connections.forEach(PublishConnection::close)).syncUninterruptibly();
  }
}
