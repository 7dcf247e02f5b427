package com.poolbrain.webhooks.contracts.transport;

import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.engine.Transport;
import java.net.URI;

/// A transport with consumers on the other side that behave as they are told.
public interface TransportWorld extends AutoCloseable {

  /// The transport that is examined.
  Transport transport();

  /// The URL of a new consumer that treats every request so.
  URI consumer(Behaviour behaviour);

  /// A URL whose host has no address.
  URI unknownHost();

  /// A URL whose host is there, but nothing listens on the port.
  URI refused();

  /// A URL whose host leads to an address that may not be sent to.
  URI forbidden();

  /// The next request that reached this consumer and was not taken yet; waits for it.
  Received next(URI consumer) throws InterruptedException;

  /// What the time is, in nanoseconds from somewhere, for whoever sends.
  long nanos();

  @Override
  void close();
}
