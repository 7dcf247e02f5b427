package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object that was sent as a body, taken one by one; [#rejectInvalid()]
/// refuses what is wrong with any of them, and those that nobody asked for.
///
/// Whatever is asked for answers something usable even if the field is wrong, so that all faults of
/// a body are found in one go: nothing may be done with it before [#rejectInvalid()].
public final class JsonFields {

  /// Of what is wrong with one body no more is told: whoever sends a million unknown fields need
  /// not be answered with a million sentences.
  private static final int MAX_ERRORS = 100;

  private final StrictJsonObject object;
  private final Set<String> knownNames = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  private JsonFields(StrictJsonObject body) {
    this.object = body;
  }

  static JsonFields parse(byte[] body) {
    return new JsonFields(StrictJsonObject.parse(body));
  }

  /// Whether the field is there; `null` counts.
  public boolean has(String name) {
    knownNames.add(name);
    return object.values().containsKey(name);
  }

  /// Whether the field is there and `null`.
  public boolean isNull(String name) {
    JsonNode value = object.values().get(name);
    return has(name) && value != null && value.isNull();
  }

  /// A text that must be there: 1 to `max` characters, not blank.
  public String text(String name, int max) {
    String text = optionalText(name, max);
    if (text == null) {
      addMissing(name, "text");
      return "";
    }
    if (text.isBlank()) {
      addError("/" + name, "Must not be blank.");
    }
    return text;
  }

  /// A text of at most `max` characters; null if it is absent or `null`.
  public @Nullable String optionalText(String name, int max) {
    JsonNode value = nonNullValue(name);
    return value == null ? null : text("/" + name, value, max);
  }

  /// A list of texts of at most `max` characters each; null if it is absent or `null`.
  public @Nullable List<String> optionalTexts(String name, int maxSize, int max) {
    JsonNode value = nonNullValue(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      addError("/" + name, "Must be an array of texts.");
      return List.of();
    }
    if (value.size() > maxSize) {
      addError("/" + name, "Has at most " + maxSize + " elements.");
      return List.of();
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      String text = text("/" + name + "/" + i, value.get(i), max);
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  /// True or false; null if it is absent or `null`.
  public @Nullable Boolean optionalBoolean(String name) {
    JsonNode value = nonNullValue(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      addError("/" + name, "Must be true or false.");
      return null;
    }
    return value.booleanValue();
  }

  /// A whole number from `min` to `max`; null if it is absent or `null`.
  public @Nullable Long optionalNumber(String name, long min, long max) {
    JsonNode value = nonNullValue(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      addError("/" + name, "Must be a whole number from " + min + " to " + max + ".");
      return null;
    }
    return value.longValue();
  }

  /// A number from `min` to `max`, with a fraction or not; null if it is absent or `null`.
  public @Nullable Double optionalDecimal(String name, double min, double max) {
    JsonNode value = nonNullValue(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      addError("/" + name, "Must be a number from " + min + " to " + max + ".");
      return null;
    }
    return value.doubleValue();
  }

  /// The field's value as compact ASCII JSON, numbers with the digits that were sent; null if it is
  /// absent.
  public byte @Nullable [] raw(String name) {
    return has(name) ? object.raw(name) : null;
  }

  /// Says that a field is needed.
  ///
  /// @param kind what it would be: `text`, `array of event names`
  public void addMissing(String name, String kind) {
    if (isValid("/" + name)) {
      addError("/" + name, "Is missing; send " + kind + ".");
    }
  }

  /// Whether nothing was found wrong with that very field so far.
  ///
  /// @param pointer JSON pointer to the field
  public boolean isValid(String pointer) {
    return errors.stream().noneMatch(fieldError -> pointer.equals(fieldError.pointer()));
  }

  /// Adds what the caller found wrong.
  ///
  /// @param pointer JSON pointer to the field
  public void addError(String pointer, String detail) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(FieldError.atPointer(pointer, detail));
    }
  }

  /// Refuses the request if anything was wrong, or a field was sent that nobody asked for.
  public void rejectInvalid() {
    for (String name : object.values().keySet()) {
      if (errors.size() < MAX_ERRORS && !knownNames.contains(name)) {
        addError(
            "/" + escapePointerToken(Request.truncate(name)),
            "There is no such field here." + NearestWord.hint(name, knownNames));
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }

  /// The name as a JSON pointer has it.
  public static String escapePointerToken(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private @Nullable JsonNode nonNullValue(String name) {
    return isNull(name) ? null : object.values().get(name);
  }

  private @Nullable String text(String pointer, JsonNode value, int max) {
    if (!value.isString()) {
      addError(pointer, "Must be a text.");
      return null;
    }
    String text = value.stringValue();
    if (text.codePointCount(0, text.length()) > max) {
      addError(pointer, "Has at most " + max + " characters.");
    } else if (text.codePoints().anyMatch(JsonFields::isForbiddenCharacter)) {
      addError(pointer, "Has a control character or half a surrogate pair in it.");
    } else {
      return text;
    }
    return null;
  }

  private static boolean isForbiddenCharacter(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
