package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// The JSON body of a webhook request.
///
/// ```
/// Envelope envelope = Envelope.read(body);
/// for (DataItem item : envelope.data().items()) {
///   … item.getLong("customerId")
/// }
/// ```
///
/// @param id id of the delivery, the same on every attempt, so that a receiver can recognize
///   repetitions
/// @param event event name under which the endpoint subscribed: canonical or an alias
/// @param companyId company in which the event occurred
/// @param timestamp when the business event occurred, in microseconds
/// @param data the items of the event
public record Envelope(
    UUID id, String event, long companyId, Instant timestamp, EnvelopeData data) {

  /// Reads the body of a request. Unknown fields are ignored.
  ///
  /// @throws InvalidJsonException if the body is not an envelope, with the place and the reason
  public static Envelope read(byte[] body) {
    return EnvelopeReader.read(body);
  }

  /// The bytes of an envelope as they are signed and sent: ASCII without white space, keys in the
  /// order of the consumer guide.
  ///
  /// @param id id of the delivery
  /// @param event event name under which the endpoint subscribed
  /// @param companyId from 0
  /// @param occurredAt when the business event occurred; written with six fraction digits
  /// @param data one compact JSON value in ASCII, as [AsciiJsonCopier] returns it; copied unchanged
  /// @throws IllegalArgumentException if the event name has a character that event names can't
  ///   have, the company id is negative, or the year is not one of 0000 to 9999
  public static byte[] write(
      UUID id, String event, long companyId, Instant occurredAt, byte[] data) {
    return EnvelopeWriter.write(id, event, companyId, occurredAt, data);
  }

  /// The bytes of this envelope as they are signed and sent.
  public byte[] toBytes() {
    byte[] ascii = data.json().getBytes(StandardCharsets.US_ASCII);
    return write(id, event, companyId, timestamp, ascii);
  }
}
