package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import com.poolbrain.webhooks.engine.Transport;
import com.poolbrain.webhooks.transport.Dialer.Dialed;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way out to real endpoints: HTTP/1.1 over verified TLS, to addresses that were checked.
///
/// ```java
/// try (HttpTransport transport =
///     new HttpTransport(TransportSettings.standard(), InstantSource.system())) {
///   Outcome outcome = transport.send(request);
/// }
/// ```
///
/// Made for many virtual threads: a caller parks while few event loops move the bytes.
public final class HttpTransport implements Transport, AutoCloseable {

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final long CLOSING_SECONDS = 5;

  private final TransportSettings settings;
  private final InstantSource clock;
  private final MultiThreadIoEventLoopGroup loops;
  private final ChannelGroup channels;
  private final Tls tls;
  private final Targets targets = new Targets();
  private final Names names;
  private final RouteFinder finder;
  private final Hosts hosts;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// A transport that is ready to send.
  ///
  /// @param clock what dates in answers and the age of what is kept are measured by
  public HttpTransport(TransportSettings settings, InstantSource clock) {
    this(settings, clock, Tls.provider());
  }

  HttpTransport(TransportSettings settings, InstantSource clock, SslProvider provider) {
    this.settings = settings;
    this.clock = clock;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            settings.connections().eventLoops(),
            new DefaultThreadFactory("webhooks-out", true),
            NioIoHandler.newFactory());
    this.channels = new DefaultChannelGroup(loops.next(), true);
    this.names = new Names(settings.names(), clock, loops.next());
    this.finder = new RouteFinder(names, settings.destinations());
    this.tls = new Tls(provider, settings.extraAuthorities());
    Connector connector = new Connector(loops, channels, tls, settings.answers());
    Dialer dialer = new Dialer(settings, names, connector);
    this.hosts = new Hosts(dialer, settings.connections(), clock);
    long sweep = SWEEP.toMillis();
    var _ = loops.next().scheduleWithFixedDelay(hosts::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
  }

  @Override
  public Outcome send(Request request) throws InterruptedException {
    Deadline deadline = Deadline.in(request.timeout());
    RequestBytes.check(request);
    Target target = targets.of(request.url());
    if (closed.get()) {
      throw new IllegalStateException("the transport is closed");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return send(target, request, deadline);
    } catch (RejectedExecutionException closing) {
      return new Outcome.Failed(ErrorClass.CONNECTION_RESET);
    }
  }

  private Outcome send(Target target, Request request, Deadline deadline)
      throws InterruptedException {
    return switch (finder.find(target, deadline)) {
      case RouteFinder.Found.Nowhere(var error) -> new Outcome.Failed(error);
      case RouteFinder.Found.Routes(var routes) ->
          send(
              new Exchange(RequestBytes.of(target, request), settings.answers()), routes, deadline);
    };
  }

  private Outcome send(Exchange exchange, List<Route> routes, Deadline deadline)
      throws InterruptedException {
    Dialed way = hosts.any(routes, deadline);
    if (way instanceof Dialed.Connected(var kept, var wasKept) && wasKept) {
      finish(exchange, kept, deadline);
      if (!exchange.diedUnheard()) {
        return exchange.outcome(clock.instant());
      }
      // The other side closed a connection that nothing was sent on, just as this was sent.
      way = hosts.fresh(routes, deadline);
    }
    return switch (way) {
      case Dialed.Failed(var error) -> new Outcome.Failed(error);
      case Dialed.Connected(var connection, _) -> {
        Exchange onNew = exchange.again();
        finish(onNew, connection, deadline);
        yield onNew.outcome(clock.instant());
      }
    };
  }

  private static void finish(Exchange exchange, Connection connection, Deadline deadline)
      throws InterruptedException {
    connection.start(exchange, deadline);
    try {
      exchange.await();
    } catch (InterruptedException stop) {
      connection.giveUp(exchange);
      throw stop;
    }
  }

  /// Closes all connections; exchanges that are under way fail. Returns when no thread is left.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      names.close();
      var _ = channels.close();
      var _ = loops.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS);
      var _ = loops.terminationFuture().addListener(_ -> tls.close());
    }
    var _ = loops.terminationFuture().awaitUninterruptibly();
  }
}
