package com.poolbrain.webhooks.api.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Makes new inputs of known ones. A seed always makes the same.
final class InputMutator {

  private static final int MAX_CHANGES = 4;
  private static final byte[] NOTABLE_BYTES = {
    0, '\n', ' ', '"', '%', '.', '/', '0', '9', ':', '@', '[', '\\', ']', '_', 'u', '{', 127, -1,
    -64
  };

  private final List<byte[]> corpus;
  private final SplittableRandom random;

  InputMutator(List<byte[]> corpus, long seed) {
    this.corpus = corpus;
    this.random = new SplittableRandom(seed);
  }

  /// One of the known inputs with some changes.
  byte[] next() {
    byte[] input = anyKnown();
    for (int changes = random.nextInt(1, MAX_CHANGES + 1); changes > 0; changes--) {
      input = change(input);
    }
    return input;
  }

  private byte[] anyKnown() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] change(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = random.nextInt(from, input.length + 1);
    byte[] range = Arrays.copyOfRange(input, from, to);
    return switch (random.nextInt(5)) {
      case 0 -> join(input, from, new byte[] {(byte) random.nextInt()}, from);
      case 1 -> join(input, from, notable(), Math.min(from + 1, input.length));
      case 2 -> join(input, from, new byte[0], to);
      case 3 -> join(input, to, range, to);
      default -> join(input, from, anyKnown(), to);
    };
  }

  private byte[] notable() {
    return new byte[] {NOTABLE_BYTES[random.nextInt(NOTABLE_BYTES.length)]};
  }

  /// The input before `end`, a middle, and the input from `start` on.
  private static byte[] join(byte[] input, int end, byte[] middle, int start) {
    byte[] joined = Arrays.copyOf(input, end + middle.length + input.length - start);
    System.arraycopy(middle, 0, joined, end, middle.length);
    System.arraycopy(input, start, joined, end + middle.length, input.length - start);
    return joined;
  }
}
