package com.poolbrain.webhooks.http.input;

import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.events.WireTimestamp;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object that was sent as a body, taken one by one. They are checked for
/// their JSON type only; [#rejectInvalid()] rejects the request with all errors at once, those that
/// were added by [#addError] and unknown fields included.
///
/// A field of the wrong type reads as absent, so the values must not be used before
/// [#rejectInvalid()]. `null` is a wrong type; where it has a meaning, ask [#isNull] first.
public final class JsonFields {

  /// Further errors of one request are not reported, so that a body of a million unknown fields
  /// neither costs nor gets a million sentences.
  static final int MAX_ERRORS = 100;

  private static final String NULL_REFUSED =
      " null is not accepted here; send a value, or leave the field out.";

  private final StrictJsonObject object;
  private final Set<String> knownNames = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  private JsonFields(StrictJsonObject object) {
    this.object = object;
  }

  /// Parses a body.
  ///
  /// @throws ProblemException 400 or 422 if it is no JSON object
  public static JsonFields parse(byte[] body) {
    return new JsonFields(StrictJsonObject.parse(body));
  }

  /// Whether the field was sent, `null` included.
  public boolean has(String name) {
    knownNames.add(name);
    return object.names().contains(name);
  }

  /// Whether the field was sent as `null`.
  public boolean isNull(String name) {
    JsonNode value = object.value(name);
    return has(name) && value != null && value.isNull();
  }

  /// A text; null if it is absent.
  public @Nullable String text(String name) {
    JsonNode value = value(name, JsonNode::isString, "Must be a text.");
    return value == null ? null : value.stringValue();
  }

  /// An array of texts; null if it is absent. An element of another type reads as "".
  public @Nullable List<String> texts(String name) {
    JsonNode value = value(name, JsonNode::isArray, "Must be an array of texts.");
    if (value == null) {
      return null;
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      boolean isText = value.get(i).isString();
      if (!isText) {
        addError("/" + name + "/" + i, "Must be a text.");
      }
      texts.add(isText ? value.get(i).stringValue() : "");
    }
    return texts;
  }

  /// True or false; null if it is absent.
  public @Nullable Boolean bool(String name) {
    JsonNode value = value(name, JsonNode::isBoolean, "Must be true or false.");
    return value == null ? null : value.booleanValue();
  }

  /// A whole number; null if it is absent. A number beyond 64 bits reads as the largest or smallest
  /// `long`.
  public @Nullable Long number(String name) {
    JsonNode value = value(name, JsonNode::isIntegralNumber, "Must be a whole number.");
    if (value == null) {
      return null;
    }
    if (value.canConvertToLong()) {
      return value.longValue();
    }
    return value.bigIntegerValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /// A number, which may have a fraction; null if it is absent. A number beyond the range of
  /// `double` reads as infinite.
  public @Nullable Double decimal(String name) {
    JsonNode value = value(name, JsonNode::isNumber, "Must be a number.");
    return value == null ? null : value.doubleValue();
  }

  /// An RFC 3339 time; null if it is absent or `null`.
  public @Nullable Instant time(String name) {
    String text = text(name);
    try {
      return text == null ? null : WireTimestamp.parse(text);
    } catch (IllegalArgumentException e) {
      addError("/" + name, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The value as compact ASCII JSON, its numbers with the digits that were sent; null if it is
  /// absent.
  public byte @Nullable [] raw(String name) {
    return has(name) ? object.raw(name) : null;
  }

  /// Adds an error to a field that has none yet.
  ///
  /// @param pointer JSON pointer to the field
  public void addError(String pointer, String detail) {
    if (errors.size() < MAX_ERRORS
        && errors.stream().noneMatch(error -> pointer.equals(error.pointer()))) {
      errors.add(FieldError.atPointer(pointer, detail));
    }
  }

  /// Rejects the request if an error was found, or a field was sent that was not asked for.
  ///
  /// @throws ProblemException 422 with all errors
  public void rejectInvalid() {
    object.names().stream()
        .filter(name -> !knownNames.contains(name))
        .limit(MAX_ERRORS)
        .forEach(name ->
            addError(
                "/" + escapePointerToken(Problem.shorten(name)),
                "There is no such field here." + Suggestions.question(name, knownNames)));
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }

  private static String escapePointerToken(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private @Nullable JsonNode value(String name, Predicate<JsonNode> isOfType, String error) {
    JsonNode value = has(name) ? object.value(name) : null;
    if (value == null || isOfType.test(value)) {
      return value;
    }
    addError("/" + name, value.isNull() ? error + NULL_REFUSED : error);
    return null;
  }
}
