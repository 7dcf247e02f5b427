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
public final class Generator implements AutoCloseable {

  private final EventLoop loop;
  private final List<Client> clients = new ArrayList<>();
  private final ArrayDeque<Client> idle = new ArrayDeque<>();
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
  private @Nullable Run run;
  private boolean nothingIsOut;
  private boolean everythingIsOut;
  private volatile @Nullable String refusal;

  /// A run that is under way.
  ///
  /// @param perSecond requests; 0 for as many as are answered
  private record Run(
      Requests requests, Tally tally, int perSecond, Span span, CompletableFuture<Void> done) {

    boolean isOpen() {
      return perSecond > 0;
    }
  }

  /// From when to when, monotonic.
  private record Span(long begin, long end) {}

  /// Connects.
  ///
  /// @param url where to publish
  public Generator(Loops loops, URI url, int connections) throws IOException {
    loop = loops.loop();
    Dial dial = new Dial(loop, url);
    for (int i = 0; i < connections; i++) {
      clients.add(
          new Client(
              dial, new Client.Owner(this::answered, this::free, idle::remove, this::refused)));
    }
    for (Client client : clients) {
      client.connect();
    }
  }

  /// Publishes as fast as answers come, for that long or until the tally is full, but something
  /// however late this machine begins.
  public void closedLoop(Requests requests, Tally tally, long nanos) {
    run(requests, tally, 0, nanos);
  }

  /// Publishes so many requests a second on a fixed schedule. Latencies count from the scheduled
  /// moment, so that a server that stalls does not hide it.
  public void openLoop(Requests requests, Tally tally, int perSecond, long nanos) {
    run(requests, tally, perSecond, nanos);
  }

  private void run(Requests requests, Tally tally, int perSecond, long nanos) {
    long now = System.nanoTime();
    Run next =
        new Run(requests, tally, perSecond, new Span(now, now + nanos), new CompletableFuture<>());
    loop.execute(() -> {
      run = next;
      nothingIsOut = true;
      everythingIsOut = false;
      if (!next.isOpen()) {
        List.copyOf(idle).forEach(_ -> sendNext(next));
      }
    });
    if (next.isOpen()) {
      keepSchedule(next);
    }
    // Answers that never come end a run too.
    next.done().completeOnTimeout(null, nanos + TimeUnit.SECONDS.toNanos(60), TimeUnit.NANOSECONDS);
    next.done().join();
    loop.submit(this::giveUp).syncUninterruptibly();
  }

  /// What is not answered by now counts as that, and so does what could not even be sent.
  private void giveUp() {
    clients.forEach(Client::giveUp);
    for (int first = poll(); first >= 0; first = poll()) {
      answered(first, 0);
    }
    run = null;
  }

  private int poll() {
    Integer first = waiting.poll();
    return first == null ? -1 : first;
  }

  /// Hands out requests when they are due. The calling thread waits, because the loop can wait for
  /// whole milliseconds only.
  private void keepSchedule(Run now) {
    long total = (now.span().end() - now.span().begin()) / 1_000 * now.perSecond() / 1_000_000;
    long sent = 0;
    while (sent < total) {
      long wait = at(now, sent) - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      }
      long passed = System.nanoTime() - now.span().begin();
      long due = Math.min(total, passed / 1_000 * now.perSecond() / 1_000_000 + 1);
      long from = sent;
      loop.execute(() -> handOut(now, from, due));
      sent = due;
    }
    loop.execute(() -> {
      everythingIsOut = true;
      endWhenIdle(now);
    });
  }

  private void handOut(Run now, long from, long to) {
    for (long request = from; request < to; request++) {
      int first = now.tally().next(now.requests().events());
      now.tally().scheduled(first, now.requests().events(), at(now, request));
      waiting.add(first);
    }
    while (!waiting.isEmpty() && !idle.isEmpty()) {
      send(now, idle.poll(), waiting.poll());
    }
  }

  private static long at(Run run, long request) {
    return run.span().begin() + request * 1_000_000_000L / run.perSecond();
  }

  private void sendNext(Run now) {
    Client client = idle.poll();
    if (client == null) {
      return;
    }
    boolean goesOn = nothingIsOut || System.nanoTime() < now.span().end();
    nothingIsOut = false;
    int first = goesOn ? now.tally().next(now.requests().events()) : -1;
    if (first < 0) {
      idle.push(client);
      endWhenIdle(now);
      return;
    }
    now.tally().scheduled(first, now.requests().events(), System.nanoTime());
    send(now, client, first);
  }

  private static void send(Run now, Client client, int first) {
    client.send(first, now.requests().request(first));
  }

  private void refused(String words) {
    if (refusal == null) {
      refusal = words;
    }
  }

  /// Status and body of the first answer that was not a 2xx, cut short; null if there was none.
  public @Nullable String refusal() {
    return refusal;
  }

  private void answered(int first, int status) {
    Run now = run;
    if (now != null) {
      int events = now.requests().events();
      int copies = now.requests().copies(first);
      now.tally().answered(first, events, copies, status, System.nanoTime());
    }
  }

  /// A client can send again.
  private void free(Client client) {
    idle.push(client);
    Run now = run;
    if (now == null) {
      return;
    }
    if (!now.isOpen()) {
      sendNext(now);
    } else if (!waiting.isEmpty()) {
      send(now, idle.poll(), waiting.poll());
    } else if (everythingIsOut) {
      endWhenIdle(now);
    }
  }

  private void endWhenIdle(Run now) {
    if (idle.size() == clients.size() && waiting.isEmpty()) {
      now.done().complete(null);
    }
  }

  @Override
  public void close() {
    loop.submit(() -> clients.forEach(Client::close)).syncUninterruptibly();
  }
}
