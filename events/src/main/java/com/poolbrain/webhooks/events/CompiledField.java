package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;

/// A field as the check needs it: its bit in the set of fields seen, and its key ready to be
/// written.
final class CompiledField {

  private final Field field;
  private final long bit;
  private final byte[] key;
  private final boolean searchReference;

  private CompiledField(Field field, long bit, byte[] key, boolean searchReference) {
    this.field = field;
    this.bit = bit;
    this.key = key;
    this.searchReference = searchReference;
  }

  static CompiledField of(Field field, int index, boolean searchReference) {
    byte[] key = ('"' + field.name() + "\":").getBytes(StandardCharsets.US_ASCII);
    return new CompiledField(field, 1L << index, key, searchReference);
  }

  Field field() {
    return field;
  }

  long bit() {
    return bit;
  }

  /// The key in quotes, with its colon. Not to be changed.
  byte[] key() {
    return key;
  }

  boolean isSearchReference() {
    return searchReference;
  }
}
