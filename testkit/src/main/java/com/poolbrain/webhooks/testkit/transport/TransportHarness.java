package com.poolbrain.webhooks.testkit.transport;

import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import java.net.URI;

/// Transport under test, with endpoints to send to.
public interface TransportHarness extends AutoCloseable {

  /// The transport under test.
  Transport transport();

  /// Starts an endpoint that treats every request by this behavior, and returns its URL.
  URI startEndpoint(EndpointBehavior endpointBehavior);

  /// A URL whose host has no address.
  URI unresolvableUrl();

  /// A URL with a closed port.
  URI refusedUrl();

  /// A URL whose host resolves to a denied address.
  URI blockedUrl();

  /// The next request to this endpoint that was not returned yet; waits for it.
  ReceivedRequest nextRequest(URI endpoint) throws InterruptedException;

  /// Clock of the transport in nanoseconds, with any origin.
  long nanoTime();

  @Override
  void close();
}
