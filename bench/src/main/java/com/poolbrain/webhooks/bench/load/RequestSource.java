package com.poolbrain.webhooks.bench.load;

/// The publish requests of a run, by the number of their first event.
public interface RequestSource {

  /// Events in each request.
  int eventsPerRequest();

  /// The bytes of the request whose events bear the numbers from `first` on.
  byte[] request(int firstEvent);

  /// How many deliveries are expected of each of its events; 0 if nobody counts them.
  int fanOut(int firstEvent);
}
