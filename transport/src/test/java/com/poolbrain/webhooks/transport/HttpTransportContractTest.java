package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.transport.TransportContract;
import com.poolbrain.webhooks.testkit.transport.TransportHarness;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Runs the contract of transports with [HttpTransport] and real servers.
final class HttpTransportContractTest extends TransportContract {

  @Override
  protected TransportHarness harness() {
    return new RealTransportHarness();
  }

  private static final class RealTransportHarness implements TransportHarness {

    private final TransportFixture fixture = new TransportFixture();
    private final Map<URI, ScriptedServer> servers = new ConcurrentHashMap<>();

    @Override
    public Transport transport() {
      return fixture.transport;
    }

    @Override
    public URI startEndpoint(EndpointBehavior behavior) {
      ScriptedServer server = fixture.startTlsServer(behavior);
      URI url = server.url("/hooks");
      servers.put(url, server);
      return url;
    }

    @Override
    public URI unresolvableUrl() {
      return URI.create("https://nobody.invalid/");
    }

    @Override
    public URI refusedUrl() {
      return fixture.closeLater(ClosedPort.reserve()).url();
    }

    @Override
    public URI blockedUrl() {
      return URI.create("https://10.1.2.3/");
    }

    @Override
    public ReceivedRequest nextRequest(URI consumer) throws InterruptedException {
      return Objects.requireNonNull(servers.get(consumer)).nextRequest();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void close() {
      fixture.close();
    }
  }
}
