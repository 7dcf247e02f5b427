package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// Writes envelopes. Runs once for every attempt, so it allocates nothing but the result.
final class EnvelopeWriter {

  private static final byte[] ID = ascii("{\"id\":\"");
  private static final byte[] EVENT = ascii("\",\"event\":\"");
  private static final byte[] COMPANY_ID = ascii("\",\"company_id\":");
  private static final byte[] TIMESTAMP = ascii(",\"timestamp\":\"");
  private static final byte[] DATA = ascii("\",\"data\":");
  private static final int UUID_LENGTH = 36;
  private static final int FIXED_LENGTH =
      ID.length
          + UUID_LENGTH
          + EVENT.length
          + COMPANY_ID.length
          + TIMESTAMP.length
          + WireTimestamp.LENGTH
          + DATA.length
          + 1;

  private final byte[] target;
  private int position;

  private EnvelopeWriter(int length) {
    target = new byte[length];
  }

  static byte[] write(UUID id, String event, long companyId, Instant occurredAt, byte[] data) {
    int companyDigits = decimalLength(companyId);
    var writer = new EnvelopeWriter(FIXED_LENGTH + event.length() + companyDigits + data.length);
    writer.put(ID);
    writer.putUuid(id);
    writer.put(EVENT);
    writer.putEventName(event);
    writer.put(COMPANY_ID);
    writer.putNumber(companyId, companyDigits);
    writer.put(TIMESTAMP);
    WireTimestamp.write(occurredAt, writer.target, writer.position);
    writer.position += WireTimestamp.LENGTH;
    writer.put(DATA);
    writer.put(data);
    writer.target[writer.position] = '}';
    return writer.target;
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, target, position, bytes.length);
    position += bytes.length;
  }

  /// The characters of event names need no escapes.
  private void putEventName(String event) {
    for (int i = 0; i < event.length(); i++) {
      char c = event.charAt(i);
      if (!EventTypeNames.isNameCharacter(c)) {
        throw new IllegalArgumentException("\"" + event + "\" can't be the name of an event.");
      }
      target[position++] = (byte) c;
    }
  }

  private void putUuid(UUID id) {
    putHex(id.getMostSignificantBits() >>> 32, 8);
    target[position++] = '-';
    putHex(id.getMostSignificantBits() >>> 16, 4);
    target[position++] = '-';
    putHex(id.getMostSignificantBits(), 4);
    target[position++] = '-';
    putHex(id.getLeastSignificantBits() >>> 48, 4);
    target[position++] = '-';
    putHex(id.getLeastSignificantBits(), 12);
  }

  private void putHex(long bits, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      target[position++] = (byte) Character.forDigit((int) (bits >>> shift) & 0xf, 16);
    }
  }

  private void putNumber(long number, int digits) {
    long remaining = number;
    for (int i = position + digits - 1; i >= position; i--) {
      target[i] = (byte) ('0' + remaining % 10);
      remaining /= 10;
    }
    position += digits;
  }

  private static int decimalLength(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("The company id must not be negative: " + number);
    }
    int digits = 1;
    for (long remaining = number; remaining >= 10; remaining /= 10) {
      digits++;
    }
    return digits;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
