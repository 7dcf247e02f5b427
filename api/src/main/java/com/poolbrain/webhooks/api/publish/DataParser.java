package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.ValidatedItem;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.management.EventItemValidator;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/// Parses the `data` of the events of one request: one object, or an array of objects.
final class DataParser {

  private final ValidationErrors validationErrors;
  private final EventItemValidator validator;
  private int itemCount;

  DataParser(ValidationErrors validationErrors) {
    this.validationErrors = validationErrors;
    this.validator = new EventItemValidator(validationErrors);
  }

  /// Parses the current value to its end. If it is invalid, at least one error is added.
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
      validationErrors.add(json, "Must hold at least one object; the array is empty.");
    }
    return items;
  }

  /// Parses a value that was copied before its type was known.
  ///
  /// @param pointer JSON pointer to the value in the request
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
      items.add(EventItemValidator.toEventItem(item));
    }
  }
}
