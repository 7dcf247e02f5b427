package com.poolbrain.webhooks.events;

import java.util.List;

/// One object of `data` that fits its schema.
///
/// @param bytes compact JSON in ASCII, as it is stored and sent; not to be changed
/// @param searchValues values of the searchable fields as plain text, such as a customer's id.
///   Values of more than [DataValidator#MAX_SEARCH_VALUE_LENGTH] characters are left out.
public record ValidatedItem(byte[] bytes, List<String> searchValues) {

  /// Copies the list, but not the bytes.
  public ValidatedItem {
    searchValues = List.copyOf(searchValues);
  }
}
