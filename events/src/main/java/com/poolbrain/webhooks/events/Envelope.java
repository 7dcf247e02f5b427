package com.poolbrain.webhooks.events;

import java.time.Instant;
import java.util.UUID;

/// The JSON around every event: what a consumer finds in the body of a request.
public final class Envelope {

  private Envelope() {}

  /// The bytes of an envelope, exactly as they are signed and sent: pure ASCII, no white space,
  /// keys in the order of the guide.
  ///
  /// @param id of the delivery
  /// @param event the name under which the endpoint subscribed
  /// @param companyId from 0
  /// @param occurredAt when the business event occurred; sent with six fraction digits
  /// @param data one compact JSON value in ASCII, copied as it is
  /// @throws IllegalArgumentException if the name has characters that no event name has, the number
  ///   is negative, or the year is not one of 0000 to 9999
  public static byte[] write(
      UUID id, String event, long companyId, Instant occurredAt, byte[] data) {
    return EnvelopeWriter.write(id, event, companyId, occurredAt, data);
  }
}
