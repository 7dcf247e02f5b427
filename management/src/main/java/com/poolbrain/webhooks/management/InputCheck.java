package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the broken rules of one input. Null values are skipped, except by [#required].
public final class InputCheck {

  private final ValidationErrors errors = new ValidationErrors();

  /// Adds an error if there is no value.
  ///
  /// @param kind completes "Is missing; send …"
  public void required(String pointer, @Nullable Object value, String kind) {
    if (value == null) {
      add(pointer, "Is missing; send " + kind + ".");
    }
  }

  /// A text of at most `maxLength` characters (code points).
  ///
  /// @return whether it is valid
  public boolean length(String pointer, @Nullable String text, int maxLength) {
    if (text != null && text.codePointCount(0, text.length()) > maxLength) {
      add(pointer, "Must have at most " + maxLength + " characters.");
      return false;
    }
    return text != null;
  }

  /// A text of at most `maxLength` characters that keeps a rule.
  ///
  /// @return whether it is valid
  public boolean text(String pointer, @Nullable String text, int maxLength, TextRule rule) {
    if (text == null || !length(pointer, text, maxLength)) {
      return false;
    }
    String error = rule.findError(text);
    if (error != null) {
      add(pointer, error);
    }
    return error == null;
  }

  /// A required name of one line.
  public void name(String pointer, @Nullable String name) {
    required(pointer, name, "text");
    text(pointer, name, Limits.MAX_NAME_LENGTH, TextRule.LINE);
  }

  /// A number from `min` to `max`.
  public void range(String pointer, @Nullable Long number, long min, long max) {
    if (number != null && (number < min || number > max)) {
      add(pointer, "Must be a whole number from " + min + " to " + max + ".");
    }
  }

  /// A number from `min` to `max`.
  public void range(String pointer, @Nullable Double number, double min, long max) {
    if (number != null && !(number >= min && number <= max)) {
      add(pointer, "Must be a number from " + min + " to " + max + ".");
    }
  }

  /// Adds an error.
  public void add(String pointer, String detail) {
    errors.add(pointer, detail);
  }

  /// The errors so far.
  public List<ValidationError> errors() {
    return errors.kept();
  }

  /// Checks that there are no errors.
  ///
  /// @throws InvalidInput if there are errors
  public static void requireValid(List<ValidationError> errors) {
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }
}
