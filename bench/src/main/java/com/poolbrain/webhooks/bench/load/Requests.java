package com.poolbrain.webhooks.bench.load;

/// The publish requests of a run, by the number of their first event.
public interface Requests {

  /// Events in each request.
  int events();

  /// The bytes of the request whose events bear the numbers from `first` on.
  byte[] request(int first);

  /// How many deliveries are expected of each of its events; 0 if nobody counts them.
  int copies(int first);
}
