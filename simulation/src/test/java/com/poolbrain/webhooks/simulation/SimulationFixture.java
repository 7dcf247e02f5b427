package com.poolbrain.webhooks.simulation;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepetitionInfo;

/// A scripted simulation for every repetition of a test. Its seed is the number of the repetition.
abstract class SimulationFixture {

  ScriptedSimulation simulation;

  @BeforeEach
  final void createSimulation(RepetitionInfo repetition) {
    simulation = new ScriptedSimulation(repetition.getCurrentRepetition());
  }
}
