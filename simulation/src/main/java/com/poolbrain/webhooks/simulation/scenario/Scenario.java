package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Everything that a seed decides about a simulation before it starts.
///
/// @param events in chronological order
public record Scenario(
    long seed, ScenarioParams params, Participants participants, List<ScenarioEvent> events) {

  public static Scenario generate(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScenarioParams params = ScenarioParams.generate(random);
    Participants participants = Participants.generate(random, params.duration());
    List<ScenarioEvent> events = new ScenarioGenerator(random, params, participants).generate();
    return new Scenario(seed, params, participants, events);
  }

  public int endpointCount() {
    return participants.behaviors().size();
  }

  /// The parameters and participants, one line each.
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(params).append('\n');
    participants
        .companies()
        .forEach(company -> {
          text.append(company.company()).append('\n');
          company
              .endpoints()
              .forEach(endpoint ->
                  text.append(
                      "  endpoint %s %s %s %s%s%n"
                          .formatted(
                              TraceFormat.shortId(endpoint.id()),
                              participants.behaviors().get(endpoint.id()),
                              endpoint.subscribedEvents(),
                              endpoint.deliveryOptions(),
                              endpoint.paused() ? " paused" : "")));
        });
    return text.toString();
  }

  /// A random source for one part of the simulation, so that the parts do not influence each other.
  SplittableRandom randomFor(String part) {
    return new SplittableRandom(seed ^ part.hashCode() * 0x9E37_79B9_7F4A_7C15L);
  }
}
