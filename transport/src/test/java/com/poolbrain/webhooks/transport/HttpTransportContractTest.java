package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.contracts.consumer.ClosedPort;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.contracts.transport.TransportContract;
import com.poolbrain.webhooks.contracts.transport.TransportWorld;
import com.poolbrain.webhooks.engine.Transport;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The contract, kept by the real transport towards real servers.
final class HttpTransportContractTest extends TransportContract {

  @Override
  protected TransportWorld world() {
    return new RealWorld();
  }

  private static final class RealWorld implements TransportWorld {

    private final House house = new House();
    private final Map<URI, RawServer> consumers = new ConcurrentHashMap<>();

    @Override
    public Transport transport() {
      return house.transport;
    }

    @Override
    public URI consumer(Behaviour behaviour) {
      RawServer server = house.tls(behaviour);
      URI url = server.url("/hooks");
      consumers.put(url, server);
      return url;
    }

    @Override
    public URI unknownHost() {
      return URI.create("https://nobody.invalid/");
    }

    @Override
    public URI refused() {
      return house.keep(ClosedPort.hold()).url();
    }

    @Override
    public URI forbidden() {
      return URI.create("https://10.1.2.3/");
    }

    @Override
    public Received next(URI consumer) throws InterruptedException {
      return Objects.requireNonNull(consumers.get(consumer)).next();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void close() {
      house.close();
    }
  }
}
