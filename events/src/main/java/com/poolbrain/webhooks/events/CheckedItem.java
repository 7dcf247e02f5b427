package com.poolbrain.webhooks.events;

import java.util.List;

/// One object of `data` that fits its schema: its compact ASCII bytes, and the values by which it
/// can be found later.
public final class CheckedItem {

  private final byte[] ascii;
  private final List<String> searchReferences;

  CheckedItem(byte[] ascii, List<String> searchReferences) {
    this.ascii = ascii;
    this.searchReferences = searchReferences;
  }

  /// The bytes that are stored and sent; the array itself, not to be changed.
  public byte[] ascii() {
    return ascii;
  }

  /// What a person may search for: the customer's id, the job's id or number, as plain text. Values
  /// of more than [DataCheck#MAX_REFERENCE] characters are left out.
  public List<String> searchReferences() {
    return searchReferences;
  }
}
