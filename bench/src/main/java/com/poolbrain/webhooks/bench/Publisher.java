package com.poolbrain.webhooks.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Publishes over a fixed number of connections: each sends its next request when the last is
/// answered (closed loop), or when its moment has come (open loop), whichever is asked for.
final class Publisher implements AutoCloseable {

  private final Vertx vertx;
  private final NetClient client;
  private final List<Connection> connections = new ArrayList<>();

  Publisher(Vertx vertx, URI url, int count) {
    this.vertx = vertx;
    client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    int port = url.getPort() < 0 ? 80 : url.getPort();
    for (int i = 0; i < count; i++) {
      connections.add(connect(port, url.getHost()));
    }
  }

  private Connection connect(int port, String host) {
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Connection> connected = new CompletableFuture<>();
    context.runOnContext(_ ->
        client
            .connect(port, host)
            .onSuccess(socket -> connected.complete(new Connection(socket, context)))
            .onFailure(connected::completeExceptionally));
    return connected.join();
  }

  /// Publishes as fast as answers come, for that long or until the tally is full.
  void closedLoop(Template template, Tally tally, long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    CountDownLatch done = new CountDownLatch(connections.size());
    for (Connection connection : connections) {
      connection.begin(tally, done);
      connection.closedLoop(template, end);
    }
    done.await(seconds + 60, TimeUnit.SECONDS);
  }

  /// Publishes so many requests a second on a fixed schedule; latencies count from the scheduled
  /// moment, so that a server that stalls does not hide it.
  void openLoop(Template template, Tally tally, int perSecond, long seconds)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(connections.size());
    connections.forEach(connection -> connection.begin(tally, done));
    long begin = System.nanoTime();
    long total = perSecond * seconds;
    long sent = 0;
    while (sent < total) {
      long due = Math.min(total, (System.nanoTime() - begin) * perSecond / 1_000_000_000L + 1);
      while (sent < due) {
        long scheduled = begin + sent * 1_000_000_000L / perSecond;
        int first = tally.next(template.events());
        tally.scheduled(first, template.events(), scheduled);
        connections.get((int) (sent % connections.size())).post(template, first);
        sent++;
      }
      long wait = begin + sent * 1_000_000_000L / perSecond - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    }
    connections.forEach(Connection::finish);
    done.await(60, TimeUnit.SECONDS);
  }

  /// One connection, all of whose work is done on its own event loop.
  private static final class Connection {

    private final NetSocket socket;
    private final Context context;
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private Tally tally = new Tally(0, 1);
    private CountDownLatch done = new CountDownLatch(0);
    private Runnable answered = () -> {};
    private int current = -1;
    private int events = 1;
    private boolean finishing;

    Connection(NetSocket socket, Context context) {
      this.socket = socket;
      this.context = context;
      socket.handler(
          new HttpFrames((bytes, start, _, _) -> {
            tally.answered(current, events, HttpFrames.status(bytes, start), System.nanoTime());
            answered.run();
          }));
    }

    void begin(Tally next, CountDownLatch latch) {
      tally = next;
      done = latch;
      finishing = false;
    }

    void closedLoop(Template template, long end) {
      answered =
          () -> {
            int first = System.nanoTime() >= end ? -1 : tally.next(template.events());
            if (first < 0) {
              done.countDown();
              return;
            }
            tally.scheduled(first, template.events(), System.nanoTime());
            send(template, first);
          };
      context.runOnContext(_ -> answered.run());
    }

    void post(Template template, int first) {
      context.runOnContext(_ -> {
        answered = () -> next(template);
        waiting.add(first);
        if (current < 0) {
          next(template);
        }
      });
    }

    private void next(Template template) {
      Integer first = waiting.poll();
      current = -1;
      if (first != null) {
        send(template, first);
      } else if (finishing) {
        done.countDown();
      }
    }

    void finish() {
      context.runOnContext(_ -> {
        finishing = true;
        if (current < 0) {
          done.countDown();
        }
      });
    }

    private void send(Template template, int first) {
      current = first;
      events = template.events();
      socket.write(Buffer.buffer(template.request(first)));
    }
  }

  @Override
  public void close() {
    client.close().await();
  }
}
