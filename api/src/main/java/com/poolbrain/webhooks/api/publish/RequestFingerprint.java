package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Sha256;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// The SHA-256 hash of events that were published with an idempotency key. It depends on every byte
/// of `data` as it will be sent. It does not depend on white space, on the order of the fields of
/// an event, or on the alias that names its type.
final class RequestFingerprint {

  static final String KEY_FORMAT =
      "must have 1 to %d visible ASCII characters, without spaces."
          .formatted(Limits.MAX_IDEMPOTENCY_KEY_LENGTH);

  private RequestFingerprint() {}

  static boolean isValidKey(String key) {
    return !key.isEmpty()
        && key.length() <= Limits.MAX_IDEMPOTENCY_KEY_LENGTH
        && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  static byte[] compute(PublishedEvent event) {
    MessageDigest digest = Sha256.newDigest();
    add(digest, event);
    return digest.digest();
  }

  static byte[] compute(List<PublishedEvent> events) {
    MessageDigest digest = Sha256.newDigest();
    for (PublishedEvent event : events) {
      add(digest, event);
      add(digest, event.idempotentRequest() == null ? "" : event.idempotentRequest().key().key());
    }
    return digest.digest();
  }

  private static void add(MessageDigest digest, PublishedEvent event) {
    add(digest, Long.toString(event.companyId()));
    add(digest, event.type().name());
    add(digest, event.occurredAt() == null ? "" : event.occurredAt().toString());
    add(digest, event.operation() == null ? "" : event.operation());
    for (PublishedEvent.EventItem eventItem : event.items()) {
      digest.update(eventItem.data());
      digest.update((byte) '\n');
    }
    digest.update((byte) '\n');
  }

  /// The text must not contain a line feed.
  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }
}
