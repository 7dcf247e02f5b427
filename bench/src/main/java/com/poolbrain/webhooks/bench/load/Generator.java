package com.poolbrain.webhooks.bench.load;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Publishes over a fixed number of connections that are kept alive; each waits for its answer
/// before it sends again. All of it happens on one thread.
public final class Generator implements AutoCloseable {

  private final EventLoop loop;
  private final List<Client> clients = new ArrayList<>();
  private final ArrayDeque<Client> idle = new ArrayDeque<>();
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
  private @Nullable Run run;
  private boolean everythingIsOut;

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
    loop = loops.publishing();
    Dial dial = new Dial(loop, url);
    for (int i = 0; i < connections; i++) {
      clients.add(new Client(dial, new Client.Owner(this::answered, this::free, idle::remove)));
    }
    for (Client client : clients) {
      client.connect();
    }
  }

  /// Publishes as fast as answers come, for that long or until the tally is full.
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
      everythingIsOut = false;
      if (next.isOpen()) {
        tick(next, 0);
      } else {
        List.copyOf(idle).forEach(_ -> sendNext(next));
      }
    });
    // Answers that never come end a run too: what they were about counts as refused.
    next.done().completeOnTimeout(null, nanos + TimeUnit.SECONDS.toNanos(60), TimeUnit.NANOSECONDS);
    next.done().join();
    loop.submit(this::giveUp).syncUninterruptibly();
  }

  private void giveUp() {
    run = null;
    waiting.clear();
  }

  /// Hands out everything that is due by now, and comes again for the next.
  private void tick(Run now, long sentBefore) {
    long total = (now.span().end() - now.span().begin()) / 1_000 * now.perSecond() / 1_000_000;
    long due =
        Math.min(
            total,
            (System.nanoTime() - now.span().begin()) / 1_000 * now.perSecond() / 1_000_000 + 1);
    long sent = sentBefore;
    for (; sent < due; sent++) {
      int first = now.tally().next(now.requests().events());
      now.tally().scheduled(first, now.requests().events(), at(now, sent));
      waiting.add(first);
    }
    while (!waiting.isEmpty() && !idle.isEmpty()) {
      send(now, idle.poll(), waiting.poll());
    }
    if (sent < total) {
      long count = sent;
      long wait = Math.max(0, at(now, sent) - System.nanoTime());
      var _ = loop.schedule(() -> tick(now, count), wait, TimeUnit.NANOSECONDS);
    } else {
      everythingIsOut = true;
      endWhenIdle(now);
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
    int first =
        System.nanoTime() < now.span().end() ? now.tally().next(now.requests().events()) : -1;
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
