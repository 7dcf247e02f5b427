package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// The JSON around every event: what a consumer finds in the body of a request.
///
/// ```
/// Envelope envelope = Envelope.read(body);
/// for (ObjectNode item : envelope.data().items()) {
///   … item.get("customerId")
/// }
/// ```
///
/// @param id of the delivery: the same on every attempt, so that it can be acted on just once
/// @param event the name under which the endpoint subscribed
/// @param companyId the company in which it happened
/// @param timestamp when it happened
/// @param data what happened
public record Envelope(
    UUID id, String event, long companyId, Instant timestamp, EnvelopeData data) {

  /// Reads the body of a request. Fields that an envelope does not have today are passed over.
  ///
  /// @throws JsonRefusedException if it is not an envelope, saying where and why
  public static Envelope read(byte[] body) {
    return EnvelopeReader.read(body);
  }

  /// The bytes of an envelope, exactly as they are signed and sent: pure ASCII, no white space,
  /// keys in the order of the guide.
  ///
  /// @param id of the delivery
  /// @param event the name under which the endpoint subscribed
  /// @param companyId from 0
  /// @param occurredAt when the business event occurred; sent with six fraction digits
  /// @param data one compact JSON value in ASCII, as [AsciiJsonCopier] makes it; copied as it is
  /// @throws IllegalArgumentException if the name has characters that no event name has, the number
  ///   is negative, or the year is not one of 0000 to 9999
  public static byte[] write(
      UUID id, String event, long companyId, Instant occurredAt, byte[] data) {
    return EnvelopeWriter.write(id, event, companyId, occurredAt, data);
  }

  /// This envelope as it is sent.
  public byte[] toBytes() {
    byte[] ascii = data.json().getBytes(StandardCharsets.US_ASCII);
    return write(id, event, companyId, timestamp, ascii);
  }
}
