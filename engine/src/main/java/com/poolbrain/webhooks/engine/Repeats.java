package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.Acceptance.Conflict;
import com.poolbrain.webhooks.engine.Submission.Repeatable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a submission was published before, by its idempotency keys.
final class Repeats {

  /// Where an object's receipt comes from: an earlier request, or an earlier object of this one.
  private sealed interface Source {
    record Earlier(Receipt receipt) implements Source {}

    record SameRequest(int part) implements Source {}
  }

  private final @Nullable List<Receipt> whole;
  private final @Nullable Conflict conflict;
  private final Map<Integer, Source> parts;

  private Repeats(
      @Nullable List<Receipt> whole, @Nullable Conflict conflict, Map<Integer, Source> parts) {
    this.whole = whole;
    this.conflict = conflict;
    this.parts = parts;
  }

  static Repeats of(Submission submission, Map<IdempotencyKey, Remembered> known) {
    Repeatable request = submission.repeatable();
    Remembered first = request == null ? null : known.get(request.key());
    if (request != null && first != null) {
      return Arrays.equals(first.fingerprint(), request.fingerprint())
          ? new Repeats(first.receipts(), null, Map.of())
          : new Repeats(null, new Conflict(-1), Map.of());
    }
    Map<Integer, Source> parts = new HashMap<>();
    Map<IdempotencyKey, Integer> seen = new HashMap<>();
    for (int i = 0; i < submission.parts().size(); i++) {
      Repeatable own = submission.parts().get(i).repeatable();
      if (own != null) {
        Remembered earlier = known.get(own.key());
        Integer twin = seen.putIfAbsent(own.key(), i);
        byte[] content = earlier != null ? earlier.fingerprint() : fingerprint(submission, twin);
        if (content != null && !Arrays.equals(content, own.fingerprint())) {
          return new Repeats(null, new Conflict(i), Map.of());
        }
        if (earlier != null) {
          parts.put(i, new Source.Earlier(earlier.receipts().getFirst()));
        } else if (twin != null) {
          parts.put(i, new Source.SameRequest(twin));
        }
      }
    }
    return new Repeats(null, null, parts);
  }

  private static byte @Nullable [] fingerprint(Submission submission, @Nullable Integer part) {
    Repeatable own = part == null ? null : submission.parts().get(part).repeatable();
    return own == null ? null : own.fingerprint();
  }

  /// The answer to the whole request, if its own key is known.
  @Nullable List<Receipt> whole() {
    return whole;
  }

  /// The first known key that came with other content, if any.
  @Nullable Conflict conflict() {
    return conflict;
  }

  /// Whether the object at that index was published before.
  boolean has(int part) {
    return parts.containsKey(part);
  }

  /// The receipt of an object that was published before.
  ///
  /// @param receipts those of the objects before it
  Receipt receipt(int part, List<Receipt> receipts) {
    return switch (parts.get(part)) {
      case Source.Earlier(var receipt) -> receipt;
      case Source.SameRequest(int twin) -> receipts.get(twin);
      case null -> throw new IllegalArgumentException("object " + part + " is new");
    };
  }
}
