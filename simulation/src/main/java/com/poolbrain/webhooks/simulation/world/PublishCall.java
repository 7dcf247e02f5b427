package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A submission that somebody handed in at a node, and what was answered.
public final class PublishCall {

  private final int number;
  private final SimulatedProcess process;
  private final PublishRequest publishRequest;
  private final long configVersionBefore;
  private long configVersionAfter = -1;
  private @Nullable PublishResult result;
  private @Nullable Throwable failure;

  /// @param configVersionBefore the configuration's, that was answered before it was handed in
  public PublishCall(
      int number,
      SimulatedProcess process,
      PublishRequest publishRequest,
      long configVersionBefore) {
    this.number = number;
    this.process = process;
    this.publishRequest = publishRequest;
    this.configVersionBefore = configVersionBefore;
  }

  public int number() {
    return number;
  }

  public SimulatedProcess process() {
    return process;
  }

  public PublishRequest publishRequest() {
    return publishRequest;
  }

  public long configVersionBefore() {
    return configVersionBefore;
  }

  /// The configuration's when the answer came.
  public long configVersionAfter() {
    return configVersionAfter;
  }

  /// Hands it in and waits for the answer.
  public void execute(Engine engine, SimulatedLedger ledger) throws InterruptedException {
    try {
      result = engine.publish(publishRequest).get();
    } catch (ExecutionException exception) {
      failure = exception.getCause();
    }
    configVersionAfter = ledger.configuration().version();
  }

  public boolean isAnswered() {
    return configVersionAfter >= 0;
  }

  @Nullable
  public PublishResult result() {
    return result;
  }

  @Nullable
  public Throwable failure() {
    return failure;
  }
}
