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

/// Which parts of a publish request were published before, by their idempotency keys.
sealed interface IdempotencyMatches {

  /// A key was used before with other content.
  record Conflicting(Conflict conflict) implements IdempotencyMatches {}

  /// The whole request is a repeat.
  record WholeRequest(List<Receipt> receipts) implements IdempotencyMatches {}

  /// Some of its objects may be repeats.
  ///
  /// @param sources receipts of the repeated objects, by the index of the object
  record SingleEvents(Map<Integer, Source> sources) implements IdempotencyMatches {

    /// Whether the object at that index was published before.
    boolean isRepeat(int eventIndex) {
      return sources.containsKey(eventIndex);
    }

    /// The receipt of a repeated object.
    ///
    /// @param receipts of the objects before it
    Receipt receipt(int eventIndex, List<Receipt> receipts) {
      return switch (sources.get(eventIndex)) {
        case Source.EarlierRequest(var receipt) -> receipt;
        case Source.SameRequest(int duplicateIndex) -> receipts.get(duplicateIndex);
        case null ->
            throw new IllegalArgumentException("object " + eventIndex + " is not a repeat");
      };
    }
  }

  /// Where the receipt of a repeated object comes from.
  sealed interface Source {
    record EarlierRequest(Receipt receipt) implements Source {}

    record SameRequest(int eventIndex) implements Source {}
  }

  /// Compares the keys of a request with stored responses and with each other.
  static IdempotencyMatches of(
      PublishRequest request, Map<IdempotencyKey, StoredResponse> storedResponses) {
    IdempotentRequest requestKey = request.idempotentRequest();
    StoredResponse stored = requestKey == null ? null : storedResponses.get(requestKey.key());
    if (requestKey != null && stored != null) {
      return Arrays.equals(stored.fingerprint(), requestKey.fingerprint())
          ? new WholeRequest(stored.receipts())
          : new Conflicting(new Conflict(-1));
    }
    Map<Integer, Source> sources = new HashMap<>();
    Map<IdempotencyKey, Integer> seen = new HashMap<>();
    for (int i = 0; i < request.events().size(); i++) {
      IdempotentRequest eventKey = request.events().get(i).idempotentRequest();
      if (eventKey != null) {
        StoredResponse earlier = storedResponses.get(eventKey.key());
        Integer duplicateIndex = seen.putIfAbsent(eventKey.key(), i);
        byte[] content =
            earlier != null ? earlier.fingerprint() : fingerprint(request, duplicateIndex);
        if (content != null && !Arrays.equals(content, eventKey.fingerprint())) {
          return new Conflicting(new Conflict(i));
        }
        if (earlier != null) {
          sources.put(i, new Source.EarlierRequest(earlier.receipts().getFirst()));
        } else if (duplicateIndex != null) {
          sources.put(i, new Source.SameRequest(duplicateIndex));
        }
      }
    }
    return new SingleEvents(sources);
  }

  private static byte @Nullable [] fingerprint(
      PublishRequest request, @Nullable Integer eventIndex) {
    IdempotentRequest eventKey =
        eventIndex == null ? null : request.events().get(eventIndex).idempotentRequest();
    return eventKey == null ? null : eventKey.fingerprint();
  }
}
