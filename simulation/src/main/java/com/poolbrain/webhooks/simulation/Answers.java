package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was answered to publishes that brought a key. Guarded by the lock of [SimulatedLedger].
final class Answers {

  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final Map<IdempotencyKey, Answer> answers = new HashMap<>();
  private Duration aged = Duration.ZERO;

  private record Answer(Remembered remembered, Instant at) {}

  /// Makes all of them that much older.
  void age(Duration by) {
    aged = aged.plus(by);
  }

  Map<IdempotencyKey, Remembered> known(Collection<IdempotencyKey> keys, Instant now) {
    Map<IdempotencyKey, Remembered> known = new LinkedHashMap<>();
    for (IdempotencyKey key : keys) {
      Answer answer = answers.get(key);
      if (answer != null && answer.at().plus(REMEMBERED).isAfter(now.plus(aged))) {
        known.put(key, answer.remembered());
      }
    }
    return known;
  }

  void remember(Map<IdempotencyKey, Remembered> given, Instant now) {
    given.forEach((key, answer) -> answers.put(key, new Answer(answer, now.plus(aged))));
  }
}
