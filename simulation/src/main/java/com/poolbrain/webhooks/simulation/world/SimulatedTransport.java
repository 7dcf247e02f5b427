package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.simulation.scheduler.TimeSource;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;

/// A transport without sockets: passes each request to a [SimulatedNetwork] and waits for its
/// reply.
final class SimulatedTransport implements Transport {

  private final TimeSource timeSource;
  private final SimulatedNetwork network;

  SimulatedTransport(TimeSource timeSource, SimulatedNetwork network) {
    this.timeSource = timeSource;
    this.network = network;
  }

  @Override
  public SendResult send(WebhookRequest request) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Reply reply = network.respond(request);
    boolean isInTime = reply.delay().compareTo(request.timeout()) < 0;
    timeSource.sleep(isInTime ? reply.delay() : request.timeout());
    return SendResult.of(isInTime ? reply.outcome() : reply.timeoutOutcome());
  }
}
