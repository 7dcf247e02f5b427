package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import com.poolbrain.webhooks.engine.Transport;
import com.poolbrain.webhooks.simulation.Network.Reply;

/// A transport without sockets: hands each request to a simulated network and waits for as long as
/// that takes.
final class SimulatedTransport implements Transport {

  private final Time time;
  private final Network network;

  SimulatedTransport(Time time, Network network) {
    this.time = time;
    this.network = network;
  }

  @Override
  public Outcome send(Request request) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Reply reply = network.reply(request);
    boolean inTime = reply.after().compareTo(request.timeout()) < 0;
    time.sleep(inTime ? reply.after() : request.timeout());
    return inTime ? reply.outcome() : reply.tooLate();
  }
}
