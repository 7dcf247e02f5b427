package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import com.poolbrain.webhooks.engine.Transport;

/// One node's way out, on which every request is written down.
final class NodeTransport implements Transport {

  private final World world;
  private final Crew node;

  NodeTransport(World world, Crew node) {
    this.world = world;
    this.node = node;
  }

  @Override
  public Outcome send(Request request) throws InterruptedException {
    Sent sent = new Sent(node, world.scheduler().nanos(), request);
    world
        .journal()
        .note(
            node.name(),
            () ->
                "sends %s to %s, attempt %s"
                    .formatted(
                        Wording.shortly(sent.delivery()),
                        Wording.shortly(sent.endpoint()),
                        sent.header("X-Webhook-Attempt")));
    Outcome outcome =
        new SimulatedTransport(world.scheduler(), _ -> world.consumers().receive(sent))
            .send(request);
    sent.end(world.scheduler().nanos(), outcome);
    world
        .journal()
        .note(
            node.name(),
            () -> Wording.shortly(sent.delivery()) + " is answered " + Wording.outcome(outcome));
    return outcome;
  }
}
