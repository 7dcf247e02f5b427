package com.poolbrain.webhooks.simulation.scheduler;

/// A simulated world that can't go on.
public final class SimulationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SimulationException(String message) {
    super(message);
  }

  SimulationException(String message, Throwable cause) {
    super(message, cause);
  }
}
