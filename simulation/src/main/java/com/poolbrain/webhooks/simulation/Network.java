package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import java.time.Duration;

/// What is on the other side of a [SimulatedTransport].
interface Network {

  /// Takes a request in, at the moment at which it is sent.
  Reply reply(Request request);

  /// What comes back.
  ///
  /// @param after how long after the request
  /// @param outcome if that is in time
  /// @param tooLate if it is not
  record Reply(Duration after, Outcome outcome, Outcome tooLate) {}
}
