package com.poolbrain.webhooks.simulation;

import java.util.stream.LongStream;

/// Prints what stories left as traces, for other processes to compare.
final class Traces {

  private Traces() {}

  /// The arguments are the first and the last seed.
  public static void main(String[] args) {
    System.out.print(of(Long.parseLong(args[0]), Long.parseLong(args[1])));
  }

  static String of(long first, long last) {
    StringBuilder traces = new StringBuilder();
    LongStream.rangeClosed(first, last)
        .mapToObj(Story::of)
        .forEach(story ->
            traces.append(
                "story %d: %d steps, trace %x%n"
                    .formatted(story.seed(), story.steps(), story.trace())));
    return traces.toString();
  }
}
