package com.poolbrain.webhooks.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.UuidV7;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaterDeliveryIdTest {

  private static final UUID EVENT = UUID.fromString("019c5556-3f62-7d1b-9a54-1f2f5a1b2c3d");
  private static final UUID ENDPOINT = UUID.fromString("019c5000-0000-7000-8000-00000000000e");

  /// The expected id was made with Python:
  ///
  /// ```python
  /// h = hashlib.sha256(uuid.UUID(event).bytes + uuid.UUID(endpoint).bytes).digest()
  /// ms = (uuid.UUID(event).int >> 80) + 1
  /// high = ms << 16 | 0x7000 | int.from_bytes(h[:2], "big") & 0xFFF
  /// low = int.from_bytes(h[2:10], "big") & (1 << 62) - 1 | 1 << 63
  /// uuid.UUID(int=high << 64 | low)
  /// ```
  @Test
  void id_is_made_of_the_time_of_the_event_and_the_hash_of_both_ids() {
    assertThat(LaterDeliveryId.of(EVENT, ENDPOINT))
        .hasToString("019c5556-3f63-7fab-870c-ff46b41fba6a");
  }

  @Test
  void id_is_a_uuid_of_version_7_of_the_next_millisecond() {
    UUID id = LaterDeliveryId.of(EVENT, ENDPOINT);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(UuidV7.instantOf(id)).isEqualTo(UuidV7.instantOf(EVENT).plusMillis(1));
  }

  @Test
  void another_event_or_endpoint_has_another_id() {
    UUID id = LaterDeliveryId.of(EVENT, ENDPOINT);
    assertThat(LaterDeliveryId.of(EVENT, new UUID(0, 1))).isNotEqualTo(id);
    assertThat(LaterDeliveryId.of(new UUID(EVENT.getMostSignificantBits(), 1), ENDPOINT))
        .isNotEqualTo(id);
  }
}
