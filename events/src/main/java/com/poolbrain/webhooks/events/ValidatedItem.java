package com.poolbrain.webhooks.events;

import java.util.List;

/// One object of `data` that fits its schema: its compact ASCII bytes, and the values by which it
/// can be found later.
public final class ValidatedItem {

  private final byte[] bytes;
  private final List<String> searchValues;

  ValidatedItem(byte[] bytes, List<String> searchValues) {
    this.bytes = bytes;
    this.searchValues = searchValues;
  }

  /// The bytes that are stored and sent; the array itself, not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// What a person may search for: the customer's id, the job's id or number, as plain text. Values
  /// of more than [DataValidator#MAX_SEARCH_VALUE_LENGTH] characters are left out.
  public List<String> searchValues() {
    return searchValues;
  }
}
