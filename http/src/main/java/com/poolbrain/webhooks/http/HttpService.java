package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.share.FairExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// The HTTP server: listens on one address with several event loops.
///
/// ```java
/// var application = new HttpApplication(routes, authorizer, exceptionMapper);
/// var http = new HttpService(vertx, new Address("127.0.0.1", 8080), application, limits);
/// http.start();
/// ```
public final class HttpService implements AutoCloseable {

  private static final long STOP_TIMEOUT_SECONDS = 4;
  private static final long START_TIMEOUT_SECONDS = 30;
  private static final AtomicInteger RANDOM_PORT_IDS = new AtomicInteger();

  /// The address to listen on.
  ///
  /// @param port 0 for any free port
  public record Address(String host, int port) {}

  private final Vertx vertx;
  private final Address address;
  private final ServerContext serverContext;
  private final ExecutorService executor;
  private final ExecutorService bodyThreads;
  private final List<HttpListener> listeners = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final AtomicInteger connectionCount = new AtomicInteger();

  public HttpService(Vertx vertx, Address address, HttpApplication application, HttpLimits limits) {
    this.vertx = vertx;
    this.address = address;
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    // Platform threads: the system shares the processors between them and the carriers of virtual
    // threads, which a parser would occupy until it has finished.
    int parallelism = eventLoopCount();
    this.bodyThreads =
        Executors.newFixedThreadPool(
            parallelism, Thread.ofPlatform().daemon().name("webhooks-body-", 0).factory());
    this.serverContext =
        ServerContext.create(
            application, limits, executor, new FairExecutor(bodyThreads, parallelism, parallelism));
  }

  /// Starts to listen.
  ///
  /// @throws ListenException if the address is in use, or not one of this machine
  public void start() {
    try {
      listen();
    } catch (ExecutionException | TimeoutException failure) {
      executor.close();
      bodyThreads.close();
      throw new ListenException(address, failure.getCause() == null ? failure : failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ListenException(address, interrupted);
    }
  }

  private void listen() throws ExecutionException, TimeoutException, InterruptedException {
    SocketAddress socketAddress =
        address.port() == 0
            ? SocketAddress.sharedRandomPort(RANDOM_PORT_IDS.incrementAndGet(), address.host())
            : SocketAddress.inetSocketAddress(address.port(), address.host());
    for (int i = 0; i < eventLoopCount(); i++) {
      var httpListener = new HttpListener(serverContext, options(), socketAddress, connectionCount);
      deployments.add(
          vertx
              .deployVerticle(httpListener)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS));
      listeners.add(httpListener);
    }
  }

  /// The number of event loops: one for each two processors. With one for each processor, they and
  /// the event loops of outbound connections compete, which costs a third more CPU per delivery.
  public static int eventLoopCount() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /// The port that it listens on.
  public int port() {
    return listeners.getFirst().port();
  }

  /// Bytes of request bodies in memory now.
  public long bufferedBodyBytes() {
    return serverContext.bodyBudget().used();
  }

  /// Request bodies that wait until earlier ones of their sender are handled.
  public int waitingBodies() {
    return serverContext.senderBudgets().waitingCount();
  }

  /// Accepts no more requests, and returns when the running ones are answered, at most after 4 s.
  @Override
  public void close() {
    serverContext.closing().set(true);
    var undeployments = deployments.stream().map(vertx::undeploy).toList();
    deployments.clear();
    try {
      Future.join(undeployments)
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // Vert.x cuts the connections that are still open when it is closed itself.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
    bodyThreads.shutdownNow();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(HttpLimits.MAX_REQUEST_LINE_BYTES)
        .setMaxHeaderSize(HttpLimits.MAX_HEADER_BYTES)
        .setIdleTimeout(120)
        .setAcceptBacklog(1024)
        .setTcpNoDelay(true);
  }

  /// The address is in use, or not one of this machine.
  public static final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ListenException(Address address, Throwable cause) {
      super(
          "Can't listen at %s port %d: %s."
              .formatted(address.host(), address.port(), cause.getMessage()),
          cause);
    }
  }
}
