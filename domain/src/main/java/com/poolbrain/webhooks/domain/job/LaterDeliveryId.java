package com.poolbrain.webhooks.domain.job;

import com.poolbrain.webhooks.domain.Sha256;
import com.poolbrain.webhooks.domain.UuidV7;
import java.nio.ByteBuffer;
import java.util.UUID;

/// The id of a delivery that is made after its event was accepted. An event and an endpoint have
/// one such id, however often the delivery is asked for. It sorts right after the event, so the
/// same searches find it.
public final class LaterDeliveryId {

  private LaterDeliveryId() {}

  /// The id for an event and an endpoint: a UUID of version 7 of the millisecond after that of the
  /// event, whose other bits are the first ones of SHA-256 of both ids.
  public static UUID of(UUID eventId, UUID endpointId) {
    byte[] ids =
        ByteBuffer.allocate(32)
            .putLong(eventId.getMostSignificantBits())
            .putLong(eventId.getLeastSignificantBits())
            .putLong(endpointId.getMostSignificantBits())
            .putLong(endpointId.getLeastSignificantBits())
            .array();
    ByteBuffer hash = ByteBuffer.wrap(Sha256.hash(ids));
    int sequence = hash.getShort() & 0xFFF;
    return UuidV7.of(UuidV7.instantOf(eventId).toEpochMilli() + 1, sequence, hash.getLong());
  }
}
