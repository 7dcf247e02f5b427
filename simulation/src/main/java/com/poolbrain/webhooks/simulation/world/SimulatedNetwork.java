package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import java.time.Duration;

/// What is on the other side of a [SimulatedTransport].
public interface SimulatedNetwork {

  /// Takes a request in, at the moment at which it is sent.
  Reply respond(WebhookRequest webhookRequest);

  /// What comes back.
  ///
  /// @param delay how long after the request
  /// @param outcome if that is in time
  /// @param timeoutOutcome if it is not
  record Reply(Duration delay, Outcome outcome, Outcome timeoutOutcome) {}
}
