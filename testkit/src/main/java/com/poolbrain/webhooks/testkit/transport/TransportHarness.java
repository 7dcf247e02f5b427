package com.poolbrain.webhooks.testkit.transport;

import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import java.net.URI;

/// A transport with consumers on the other side that behave as they are told.
public interface TransportHarness extends AutoCloseable {

  /// The transport that is examined.
  Transport transport();

  /// The URL of a new consumer that treats every request so.
  URI startEndpoint(EndpointBehavior endpointBehavior);

  /// A URL whose host has no address.
  URI unresolvableUrl();

  /// A URL whose host is there, but nothing listens on the port.
  URI refusedUrl();

  /// A URL whose host leads to an address that may not be sent to.
  URI blockedUrl();

  /// The next request that reached this consumer and was not taken yet; waits for it.
  ReceivedRequest nextRequest(URI endpoint) throws InterruptedException;

  /// What the time is, in nanoseconds from somewhere, for whoever sends.
  long nanoTime();

  @Override
  void close();
}
