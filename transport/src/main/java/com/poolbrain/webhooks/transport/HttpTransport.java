package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.engine.request.EndpointProbe;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.transport.address.CachingDnsResolver;
import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.DnsAnswer;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.address.Target;
import com.poolbrain.webhooks.transport.address.TargetCache;
import com.poolbrain.webhooks.transport.address.TargetResolver;
import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.http.HttpExchange;
import com.poolbrain.webhooks.transport.http.RequestEncoder;
import com.poolbrain.webhooks.transport.pool.ConnectionPools;
import com.poolbrain.webhooks.transport.pool.ConnectionResult;
import com.poolbrain.webhooks.transport.pool.Connector;
import com.poolbrain.webhooks.transport.pool.Dialer;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import com.poolbrain.webhooks.transport.tls.Tls;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sends requests to endpoints: HTTP/1.1 over verified TLS, to checked addresses only.
///
/// ```java
/// try (HttpTransport transport =
///     new HttpTransport(TransportSettings.defaults(), InstantSource.system())) {
///   Outcome outcome = transport.send(request).outcome();
/// }
/// ```
///
/// Thread-safe. Callers are virtual threads, which park while a few event loops do the network I/O.
public final class HttpTransport implements Transport, EndpointProbe, AutoCloseable {

  private static final Duration IDLE_EVICTION_INTERVAL = Duration.ofSeconds(1);
  private static final long CLOSE_TIMEOUT_SECONDS = 5;

  private final TransportSettings settings;
  private final InstantSource clock;
  private final MultiThreadIoEventLoopGroup eventLoops;
  private final ChannelGroup channels;
  private final Tls tls;
  private final TargetCache targetCache = new TargetCache();
  private final CachingDnsResolver dnsResolver;
  private final TargetResolver targetResolver;
  private final Dialer dialer;
  private final ConnectionPools pools;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Starts the event loops.
  ///
  /// @param clock measures dates in responses and the age of cached addresses and idle connections
  public HttpTransport(TransportSettings settings, InstantSource clock) {
    this(settings, clock, Tls.preferredProvider());
  }

  HttpTransport(TransportSettings settings, InstantSource clock, SslProvider provider) {
    this.settings = settings;
    this.clock = clock;
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            settings.connections().eventLoopThreads(),
            new DefaultThreadFactory("webhooks-out", true),
            NioIoHandler.newFactory());
    this.channels = new DefaultChannelGroup(eventLoops.next(), true);
    this.dnsResolver = new CachingDnsResolver(settings.dns(), clock, eventLoops.next());
    this.targetResolver = new TargetResolver(dnsResolver, settings.egressPolicy());
    this.tls = new Tls(provider, settings.extraCaCertificates());
    Connector connector =
        new Connector(eventLoops, channels, tls, settings.responseLimits(), clock);
    this.dialer = new Dialer(settings, dnsResolver, connector, clock);
    this.pools = new ConnectionPools(dialer, settings.connections(), clock);
    long evictionMillis = IDLE_EVICTION_INTERVAL.toMillis();
    var _ =
        eventLoops
            .next()
            .scheduleWithFixedDelay(
                pools::evictIdle, evictionMillis, evictionMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public SendResult send(WebhookRequest request) throws InterruptedException {
    Deadline deadline = Deadline.after(request.timeout());
    RequestEncoder.validate(request);
    Target target = targetCache.get(request.url());
    if (closed.get()) {
      throw new IllegalStateException("the transport is closed");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return send(target, request, deadline);
    } catch (RejectedExecutionException closing) {
      return SendResult.failed(ErrorClass.CONNECTION_RESET, "The service is shutting down.", null);
    }
  }

  private SendResult send(Target target, WebhookRequest request, Deadline deadline)
      throws InterruptedException {
    return switch (targetResolver.resolve(target, deadline)) {
      case TargetResolver.Resolution.Failed(Failure failure) ->
          SendResult.failed(failure.error(), failure.detail(), null);
      case TargetResolver.Resolution.Resolved(var routes) ->
          send(
              new HttpExchange(RequestEncoder.encode(target, request), settings.responseLimits()),
              routes,
              deadline);
    };
  }

  private SendResult send(HttpExchange exchange, List<Route> routes, Deadline deadline)
      throws InterruptedException {
    ConnectionResult result = pools.acquire(routes, deadline);
    if (result instanceof ConnectionResult.Connected(var reusedConnection, var wasReused)
        && wasReused) {
      execute(exchange, reusedConnection, deadline);
      if (!exchange.closedBeforeResponse()) {
        return exchange.result(reusedConnection, clock.instant());
      }
      // The endpoint closed the idle connection just as this request was sent.
      result = pools.acquireNew(routes, deadline);
    }
    return switch (result) {
      case ConnectionResult.Failed(Failure failure, var address) ->
          SendResult.failed(failure.error(), failure.detail(), address);
      case ConnectionResult.Connected(var connection, _) -> {
        HttpExchange retry = exchange.copyUnsent();
        execute(retry, connection, deadline);
        yield retry.result(connection, clock.instant());
      }
    };
  }

  private static void execute(HttpExchange exchange, Connection connection, Deadline deadline)
      throws InterruptedException {
    connection.start(exchange, deadline);
    try {
      exchange.await();
    } catch (InterruptedException stop) {
      connection.cancel(exchange);
      throw stop;
    }
  }

  @Override
  public EndpointProbe.Result probe(URI url, Duration timeout) throws InterruptedException {
    Deadline deadline = Deadline.after(timeout);
    try {
      return switch (targetResolver.resolve(targetCache.get(url), deadline)) {
        case TargetResolver.Resolution.Failed(Failure failure) ->
            new EndpointProbe.Result.Failed(failure.error(), failure.detail(), null);
        case TargetResolver.Resolution.Resolved(var routes) ->
            toProbeResult(dialer.dial(routes, deadline));
      };
    } catch (RejectedExecutionException closing) {
      return new EndpointProbe.Result.Failed(
          ErrorClass.CONNECTION_RESET, "The service is shutting down.", null);
    }
  }

  /// Resolves the host of a URL, and judges each of its addresses. Asks name servers only.
  public HostAddresses resolve(URI url, Duration timeout) throws InterruptedException {
    DnsAnswer answer = targetResolver.lookUp(targetCache.get(url).host(), Deadline.after(timeout));
    return new HostAddresses(
        answer.addresses().stream()
            .map(address ->
                new HostAddresses.JudgedAddress(address, targetResolver.findRefusal(address)))
            .toList(),
        answer.failure());
  }

  private static EndpointProbe.Result toProbeResult(ConnectionResult result) {
    return switch (result) {
      case ConnectionResult.Failed(Failure failure, var address) ->
          new EndpointProbe.Result.Failed(failure.error(), failure.detail(), address);
      case ConnectionResult.Connected(var connection, _) -> {
        try {
          ShownCertificate certificate = connection.certificate();
          yield new EndpointProbe.Result.Connected(
              connection.route().address(), certificate == null ? null : certificate.expiresAt());
        } finally {
          connection.close();
        }
      }
    };
  }

  /// Closes all connections, so that running exchanges fail. Returns when all threads have ended.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      dnsResolver.close();
      var _ = channels.close();
      var _ = eventLoops.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      var _ = eventLoops.terminationFuture().addListener(_ -> tls.close());
    }
    var _ = eventLoops.terminationFuture().awaitUninterruptibly();
  }
}
