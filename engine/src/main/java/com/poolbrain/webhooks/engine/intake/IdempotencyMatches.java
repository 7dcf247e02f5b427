package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.intake.PublishRequest.IdempotentRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult.Conflict;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a submission was published before, by its idempotency keys.
final class IdempotencyMatches {

  /// Where an object's receipt comes from: an earlier request, or an earlier object of this one.
  private sealed interface Source {
    record EarlierRequest(Receipt receipt) implements Source {}

    record SameRequest(int eventIndex) implements Source {}
  }

  private final @Nullable List<Receipt> requestReceipts;
  private final @Nullable Conflict conflict;
  private final Map<Integer, Source> sources;

  private IdempotencyMatches(
      @Nullable List<Receipt> requestReceipts,
      @Nullable Conflict conflict,
      Map<Integer, Source> sources) {
    this.requestReceipts = requestReceipts;
    this.conflict = conflict;
    this.sources = sources;
  }

  static IdempotencyMatches of(
      PublishRequest publishRequest, Map<IdempotencyKey, StoredResponse> storedResponses) {
    IdempotentRequest requestKey = publishRequest.idempotentRequest();
    StoredResponse storedResponse =
        requestKey == null ? null : storedResponses.get(requestKey.key());
    if (requestKey != null && storedResponse != null) {
      return Arrays.equals(storedResponse.fingerprint(), requestKey.fingerprint())
          ? new IdempotencyMatches(storedResponse.receipts(), null, Map.of())
          : new IdempotencyMatches(null, new Conflict(-1), Map.of());
    }
    Map<Integer, Source> sources = new HashMap<>();
    Map<IdempotencyKey, Integer> seen = new HashMap<>();
    for (int i = 0; i < publishRequest.events().size(); i++) {
      IdempotentRequest eventKey = publishRequest.events().get(i).idempotentRequest();
      if (eventKey != null) {
        StoredResponse earlier = storedResponses.get(eventKey.key());
        Integer duplicateIndex = seen.putIfAbsent(eventKey.key(), i);
        byte[] content =
            earlier != null ? earlier.fingerprint() : fingerprint(publishRequest, duplicateIndex);
        if (content != null && !Arrays.equals(content, eventKey.fingerprint())) {
          return new IdempotencyMatches(null, new Conflict(i), Map.of());
        }
        if (earlier != null) {
          sources.put(i, new Source.EarlierRequest(earlier.receipts().getFirst()));
        } else if (duplicateIndex != null) {
          sources.put(i, new Source.SameRequest(duplicateIndex));
        }
      }
    }
    return new IdempotencyMatches(null, null, sources);
  }

  private static byte @Nullable [] fingerprint(
      PublishRequest publishRequest, @Nullable Integer eventIndex) {
    IdempotentRequest eventKey =
        eventIndex == null ? null : publishRequest.events().get(eventIndex).idempotentRequest();
    return eventKey == null ? null : eventKey.fingerprint();
  }

  /// The answer to the whole request, if its own key is known.
  @Nullable List<Receipt> requestReceipts() {
    return requestReceipts;
  }

  /// The first known key that came with other content, if any.
  @Nullable Conflict conflict() {
    return conflict;
  }

  /// Whether the object at that index was published before.
  boolean isRepeat(int eventIndex) {
    return sources.containsKey(eventIndex);
  }

  /// The receipt of an object that was published before.
  ///
  /// @param receipts those of the objects before it
  Receipt receipt(int eventIndex, List<Receipt> receipts) {
    return switch (sources.get(eventIndex)) {
      case Source.EarlierRequest(var receipt) -> receipt;
      case Source.SameRequest(int duplicateIndex) -> receipts.get(duplicateIndex);
      case null -> throw new IllegalArgumentException("object " + eventIndex + " is new");
    };
  }
}
