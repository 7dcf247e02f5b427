package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.ValidatedItem;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.management.EventItemValidator;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/// Reads the `data` of events: one object, or an array of them.
final class DataParser {

  private final ValidationErrors validationErrors;
  private final EventItemValidator validator;
  private int itemCount;

  DataParser(ValidationErrors validationErrors) {
    this.validationErrors = validationErrors;
    this.validator = new EventItemValidator(validationErrors);
  }

  /// Reads the value that the walk stands on; the walk moves to its end. Where something is wrong
  /// there is at least one problem more than before.
  List<PublishedEvent.EventItem> parse(StrictJsonReader json, DataSchema schema) {
    List<PublishedEvent.EventItem> items = new ArrayList<>(1);
    if (json.token() != JsonToken.START_ARRAY) {
      parseItem(json, schema, items);
      return items;
    }
    int itemCountBefore = itemCount;
    while (json.next() != JsonToken.END_ARRAY) {
      parseItem(json, schema, items);
    }
    if (itemCount == itemCountBefore) {
      validationErrors.add(json.pointer(), "Must hold at least one object; the array is empty.");
    }
    return items;
  }

  /// The same for a value that was copied before its type was known.
  ///
  /// @param pointer where it was
  List<PublishedEvent.EventItem> parseCopy(byte[] ascii, String pointer, DataSchema schema) {
    try (StrictJsonReader json = StrictJsonReader.open(ascii, pointer)) {
      json.next();
      return parse(json, schema);
    }
  }

  private void parseItem(
      StrictJsonReader json, DataSchema schema, List<PublishedEvent.EventItem> items) {
    if (++itemCount > Limits.MAX_REQUEST_ITEMS) {
      throw new ProblemException(
          Problem.invalid(
              json.pointer(),
              "Send at most %d items in a request; send several requests."
                  .formatted(Limits.MAX_REQUEST_ITEMS)));
    }
    ValidatedItem item = validator.validate(json, schema);
    if (item != null) {
      items.add(
          new PublishedEvent.EventItem(item.bytes(), searchableReferences(item.searchValues())));
    }
  }

  /// Nobody can type the others, and the store can't hold all of them.
  private static List<String> searchableReferences(List<String> references) {
    return references.stream()
        .filter(reference -> reference.codePoints().noneMatch(EventParser::isForbiddenCharacter))
        .toList();
  }
}
