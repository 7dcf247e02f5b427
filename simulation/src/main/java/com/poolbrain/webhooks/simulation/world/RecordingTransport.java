package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;

/// The transport of one node. Records every request.
final class RecordingTransport implements Transport {

  private final World world;
  private final SimulatedProcess process;

  RecordingTransport(World world, SimulatedProcess process) {
    this.world = world;
    this.process = process;
  }

  @Override
  public Outcome send(WebhookRequest webhookRequest) throws InterruptedException {
    SentRequest sentRequest =
        new SentRequest(process, world.scheduler().nanoTime(), webhookRequest);
    world.trace(
        process.name(),
        () ->
            "sends %s to %s, attempt %s"
                .formatted(
                    TraceFormat.shortId(sentRequest.deliveryId()),
                    TraceFormat.shortId(sentRequest.endpointId()),
                    sentRequest.header("X-Webhook-Attempt")));
    Outcome outcome =
        new SimulatedTransport(world.scheduler(), _ -> world.endpoints().receive(sentRequest))
            .send(webhookRequest);
    sentRequest.complete(world.scheduler().nanoTime(), outcome);
    world.trace(
        process.name(),
        () ->
            TraceFormat.shortId(sentRequest.deliveryId())
                + " gets "
                + TraceFormat.formatOutcome(outcome));
    return outcome;
  }
}
