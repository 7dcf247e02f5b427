package com.poolbrain.webhooks.simulation;

import java.util.stream.LongStream;

/// Prints what stories left as traces, for other processes to compare.
final class TraceHashes {

  private TraceHashes() {}

  /// The arguments are the first and the last seed.
  public static void main(String[] args) {
    System.out.print(ofSeeds(Long.parseLong(args[0]), Long.parseLong(args[1])));
  }

  static String ofSeeds(long firstSeed, long lastSeed) {
    StringBuilder hashes = new StringBuilder();
    LongStream.rangeClosed(firstSeed, lastSeed)
        .mapToObj(Simulation::run)
        .forEach(simulation ->
            hashes.append(
                "story %d: %d steps, trace %x%n"
                    .formatted(simulation.seed(), simulation.stepCount(), simulation.traceHash())));
    return hashes.toString();
  }
}
