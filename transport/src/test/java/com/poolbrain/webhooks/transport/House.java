package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.contracts.consumer.Authority;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import io.netty.handler.ssl.SslProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/// A transport that may send to loopback and trusts an authority of its own, and servers for it.
final class House implements AutoCloseable {

  static final Authority AUTHORITY = Authority.make(InstantSource.system());
  static final SSLContext LOCALHOST =
      AUTHORITY.issue("localhost", "127.0.0.1", "::1").serverContext();

  /// More than anything takes that ends by itself, however busy the machine is.
  static final Duration PLENTY = Duration.ofMinutes(1);

  final TinyDns dns = new TinyDns();
  final HttpTransport transport;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  House() {
    this(settings());
  }

  House(TransportSettings settings) {
    this(settings, InstantSource.system());
  }

  House(TransportSettings settings, InstantSource clock) {
    this(settings, clock, Tls.provider());
  }

  /// Asks its own name server, whatever the settings say.
  House(TransportSettings settings, InstantSource clock, SslProvider tls) {
    NameSettings names = settings.names();
    transport =
        new HttpTransport(
            settings.with(
                new NameSettings(
                    List.of(dns.address()),
                    names.queryTimeout(),
                    names.leastTtl(),
                    names.mostTtl(),
                    names.hosts())),
            clock,
            tls);
    open.push(dns);
    open.push(transport);
  }

  /// Loopback is allowed, with and without TLS. A connection or a name may take its time.
  static TransportSettings settings() {
    ConnectionSettings usual = ConnectionSettings.standard();
    return TransportSettings.standard()
        .with(new Destinations(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")), true, null))
        .with(
            new ConnectionSettings(
                PLENTY, PLENTY, usual.idlePerHost(), usual.idleInAll(), usual.eventLoops()))
        .with(names(PLENTY, 10_000))
        .withExtraAuthorities(List.of(AUTHORITY.certificate()));
  }

  /// Names kept for 1 to 60 s.
  static NameSettings names(Duration queryTimeout, int hosts) {
    return new NameSettings(
        List.of(), queryTimeout, Duration.ofSeconds(1), Duration.ofSeconds(60), hosts);
  }

  RawServer tls(RawServer.Script script) {
    return keep(RawServer.tls(LOCALHOST, script));
  }

  RawServer plain(RawServer.Script script) {
    return keep(RawServer.plain(script));
  }

  <T extends AutoCloseable> T keep(T thing) {
    open.push(thing);
    return thing;
  }

  Outcome send(URI url) throws InterruptedException {
    return send(url, PLENTY);
  }

  Outcome send(URI url, Duration timeout) throws InterruptedException {
    return transport.send(request(url, timeout));
  }

  CompletableFuture<Outcome> inBackground(URI url) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.complete(send(url));
          } catch (InterruptedException | RuntimeException failed) {
            outcome.completeExceptionally(failed);
          }
        });
    return outcome;
  }

  static Request request(URI url, Duration timeout) {
    return new Request(
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        "{}".getBytes(StandardCharsets.US_ASCII),
        timeout);
  }

  @Override
  public void close() {
    for (AutoCloseable thing : open) {
      try {
        thing.close();
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
