package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import java.time.Duration;

/// The network behind a [SimulatedTransport].
public interface SimulatedNetwork {

  /// The reply to a request that is sent now.
  Reply respond(WebhookRequest request);

  /// A reply to a request.
  ///
  /// @param delay from the request to the reply
  /// @param outcome if the delay is shorter than the timeout of the request
  /// @param timeoutOutcome otherwise
  record Reply(Duration delay, Outcome outcome, Outcome timeoutOutcome) {}
}
