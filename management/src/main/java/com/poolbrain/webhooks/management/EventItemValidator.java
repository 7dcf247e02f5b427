package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishedEvent.EventItem;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.DataValidator;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.ValidatedItem;
import com.poolbrain.webhooks.events.ValidationErrors;
import org.jspecify.annotations.Nullable;

/// Validates one object of `data`: its schema and its size.
public final class EventItemValidator {

  private final ValidationErrors errors;
  private final DataValidator validator;

  /// @param errors collects the broken rules
  public EventItemValidator(ValidationErrors errors) {
    this.errors = errors;
    this.validator = new DataValidator(errors);
  }

  /// The item for the engine. Search values that PostgreSQL can't store are left out: those with
  /// control characters or lone surrogates.
  public static EventItem toEventItem(ValidatedItem item) {
    return new EventItem(
        item.bytes(),
        item.searchValues().stream()
            .filter(value -> value.codePoints().noneMatch(EventItemValidator::isUnstorable))
            .toList());
  }

  private static boolean isUnstorable(int c) {
    return Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /// Reads the current value to its end; null if it breaks a rule.
  public @Nullable ValidatedItem validate(StrictJsonReader json, DataSchema schema) {
    ValidatedItem item = validator.validate(json, schema);
    if (item != null && item.bytes().length > Limits.MAX_CHUNK_BYTES) {
      errors.add(
          json,
          () ->
              "Has %d bytes when every character outside ASCII is escaped; at most %d are sent, so shorten it."
                  .formatted(item.bytes().length, Limits.MAX_CHUNK_BYTES));
      return null;
    }
    return item;
  }
}
