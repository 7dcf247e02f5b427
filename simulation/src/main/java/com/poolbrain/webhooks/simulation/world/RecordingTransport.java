package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.request.SendResult;
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
  public SendResult send(WebhookRequest request) throws InterruptedException {
    SentRequest sent = new SentRequest(process, world.scheduler().nanoTime(), request);
    world.trace(
        process.name(),
        () ->
            "sends %s to %s, attempt %s"
                .formatted(
                    TraceFormat.shortId(sent.deliveryId()),
                    TraceFormat.shortId(sent.endpointId()),
                    sent.header("X-Webhook-Attempt")));
    SendResult result =
        new SimulatedTransport(world.scheduler(), _ -> world.endpoints().receive(sent))
            .send(request);
    sent.complete(world.scheduler().nanoTime(), result.outcome());
    world.trace(
        process.name(),
        () ->
            TraceFormat.shortId(sent.deliveryId())
                + " gets "
                + TraceFormat.formatOutcome(result.outcome()));
    return result;
  }
}
