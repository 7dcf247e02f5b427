package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the broken rules of one input. Null values are skipped, except by [#required].
final class InputCheck {

  private final ValidationErrors errors = new ValidationErrors();

  /// @param kind completes "Is missing; send …"
  void required(String pointer, @Nullable Object value, String kind) {
    if (value == null) {
      add(pointer, "Is missing; send " + kind + ".");
    }
  }

  /// A text of at most `maxLength` characters, without control characters except tab and line feed.
  ///
  /// @return whether it is valid
  boolean text(String pointer, @Nullable String text, int maxLength) {
    if (text == null) {
      return false;
    }
    if (text.codePointCount(0, text.length()) > maxLength) {
      add(pointer, "Must have at most " + maxLength + " characters.");
    } else if (text.codePoints().anyMatch(InputCheck::isForbiddenCharacter)) {
      add(pointer, "Contains a control character or half of a surrogate pair; remove it.");
    } else {
      return true;
    }
    return false;
  }

  /// A required name: not blank, and otherwise as [#text].
  void name(String pointer, @Nullable String name, int maxLength) {
    required(pointer, name, "text");
    if (text(pointer, name, maxLength) && name != null && name.isBlank()) {
      add(pointer, "Must not be blank.");
    }
  }

  void range(String pointer, @Nullable Long number, long min, long max) {
    if (number != null && (number < min || number > max)) {
      add(pointer, "Must be a whole number from " + min + " to " + max + ".");
    }
  }

  void range(String pointer, @Nullable Double number, double min, double max) {
    if (number != null && !(number >= min && number <= max)) {
      add(pointer, "Must be a number from " + min + " to " + max + ".");
    }
  }

  void add(String pointer, String detail) {
    errors.add(pointer, detail);
  }

  List<ValidationError> errors() {
    return errors.kept();
  }

  /// @throws InvalidInput if there are errors
  static void requireValid(List<ValidationError> errors) {
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private static boolean isForbiddenCharacter(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
