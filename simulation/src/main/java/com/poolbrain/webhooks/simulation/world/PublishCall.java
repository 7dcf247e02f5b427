package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A publish request to one node, and its result.
public final class PublishCall {

  private final int number;
  private final SimulatedProcess process;
  private final PublishRequest publishRequest;
  private final long configVersionBefore;
  private long configVersionAfter = -1;
  private @Nullable PublishResult result;
  private @Nullable Throwable failure;

  /// @param configVersionBefore version of the configuration when the request was made
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

  /// The version of the configuration when the call returned; -1 before.
  public long configVersionAfter() {
    return configVersionAfter;
  }

  /// Publishes the request and waits for the result.
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

  /// Null if the call has failed or not returned.
  public @Nullable PublishResult result() {
    return result;
  }

  /// Null if the call has succeeded or not returned.
  public @Nullable Throwable failure() {
    return failure;
  }
}
