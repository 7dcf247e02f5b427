package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns;
import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import com.poolbrain.webhooks.transport.settings.DnsSettings;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import com.poolbrain.webhooks.transport.settings.NameServers;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import com.poolbrain.webhooks.transport.tls.Tls;
import io.netty.handler.ssl.SslProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/// A transport that may connect to loopback and trusts a test CA, with test servers.
public final class TransportFixture implements AutoCloseable {

  public static final TestCa CA = TestCa.create(InstantSource.system());
  public static final SSLContext LOCALHOST_TLS = CA.serverContext("localhost", "127.0.0.1", "::1");

  /// Longer than any exchange that ends by itself, even on a busy machine.
  public static final Duration GENEROUS_TIMEOUT = Duration.ofMinutes(1);

  public final TinyDns dns = new TinyDns();
  public final HttpTransport transport;
  private final CloseStack closeStack = new CloseStack();

  public TransportFixture() {
    this(settings());
  }

  public TransportFixture(TransportSettings settings) {
    this(settings, InstantSource.system());
  }

  public TransportFixture(TransportSettings settings, InstantSource clock) {
    this(settings, clock, Tls.preferredProvider());
  }

  /// Uses its own name server unless the settings have one.
  public TransportFixture(
      TransportSettings settings, InstantSource clock, SslProvider tlsProvider) {
    closeStack.keep(dns);
    transport =
        closeStack.keep(
            new HttpTransport(
                settings.withDns(withNameServer(settings.dns(), dns)), clock, tlsProvider));
  }

  /// Loopback is allowed, with and without TLS; timeouts are generous.
  public static TransportSettings settings() {
    return TransportSettings.defaults()
        .withEgressPolicy(
            EgressPolicy.publicHttps()
                .withAllowedNetworks(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")))
                .withPlainHttp(true))
        .withConnections(
            ConnectionSettings.defaults().withTimeouts(GENEROUS_TIMEOUT, GENEROUS_TIMEOUT))
        .withExtraCaCertificates(List.of(CA.certificate()));
  }

  private static DnsSettings withNameServer(DnsSettings settings, TinyDns dns) {
    return settings.nameServers() != null
        ? settings
        : settings.withNameServers(
            new NameServers(List.of(dns.address()), GENEROUS_TIMEOUT, 2, false));
  }

  public ScriptedServer startTlsServer(ScriptedServer.Script script) {
    return closeLater(ScriptedServer.https(LOCALHOST_TLS, script));
  }

  public ScriptedServer startPlainServer(ScriptedServer.Script script) {
    return closeLater(ScriptedServer.http(script));
  }

  public <T extends AutoCloseable> T closeLater(T resource) {
    return closeStack.keep(resource);
  }

  public Outcome send(URI url) throws InterruptedException {
    return send(url, GENEROUS_TIMEOUT);
  }

  public Outcome send(URI url, Duration timeout) throws InterruptedException {
    return transport.send(request(url, timeout)).outcome();
  }

  /// Sends, and returns all that is known of the exchange.
  public SendResult sendForDetails(URI url) throws InterruptedException {
    return transport.send(request(url, GENEROUS_TIMEOUT));
  }

  public CompletableFuture<Outcome> sendAsync(URI url) {
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

  static WebhookRequest request(URI url, Duration timeout) {
    return new WebhookRequest(
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        "{}".getBytes(StandardCharsets.US_ASCII),
        timeout);
  }

  @Override
  public void close() {
    closeStack.close();
  }
}
