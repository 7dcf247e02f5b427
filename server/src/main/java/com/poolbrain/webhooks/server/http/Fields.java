package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.server.http.Problem.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object that was sent as a body, taken one by one; [#end()] refuses what is
/// wrong with any of them, and those that nobody asked for.
///
/// Whatever is asked for answers something usable even if the field is wrong, so that all faults of
/// a body are found in one go: nothing may be done with it before [#end()].
public final class Fields {

  /// Of what is wrong with one body no more is told: whoever sends a million unknown fields need
  /// not be answered with a million sentences.
  private static final int MOST_FAULTS = 100;

  private final StrictBody body;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<Fault> faults = new ArrayList<>();

  private Fields(StrictBody body) {
    this.body = body;
  }

  static Fields of(byte[] body) {
    return new Fields(StrictBody.read(body));
  }

  /// Whether the field is there; `null` counts.
  public boolean has(String name) {
    asked.add(name);
    return body.values().containsKey(name);
  }

  /// Whether the field is there and `null`.
  public boolean isNull(String name) {
    JsonNode value = body.values().get(name);
    return has(name) && value != null && value.isNull();
  }

  /// A text that must be there: 1 to `max` characters, not blank.
  public String text(String name, int max) {
    String text = optionalText(name, max);
    if (text == null) {
      missing(name, "text");
      return "";
    }
    if (text.isBlank()) {
      fault("/" + name, "Must not be blank.");
    }
    return text;
  }

  /// A text of at most `max` characters; null if it is absent or `null`.
  public @Nullable String optionalText(String name, int max) {
    JsonNode value = value(name);
    return value == null ? null : text("/" + name, value, max);
  }

  /// A list of texts of at most `max` characters each; null if it is absent or `null`.
  public @Nullable List<String> optionalTexts(String name, int most, int max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      fault("/" + name, "Must be an array of texts.");
      return List.of();
    }
    if (value.size() > most) {
      fault("/" + name, "Has at most " + most + " elements.");
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
  public @Nullable Boolean optionalFlag(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      fault("/" + name, "Must be true or false.");
      return null;
    }
    return value.booleanValue();
  }

  /// A whole number from `min` to `max`; null if it is absent or `null`.
  public @Nullable Long optionalNumber(String name, long min, long max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      fault("/" + name, "Must be a whole number from " + min + " to " + max + ".");
      return null;
    }
    return value.longValue();
  }

  /// A number from `min` to `max`, with a fraction or not; null if it is absent or `null`.
  public @Nullable Double optionalDecimal(String name, double min, double max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      fault("/" + name, "Must be a number from " + min + " to " + max + ".");
      return null;
    }
    return value.doubleValue();
  }

  /// The field's value as compact ASCII JSON, numbers with the digits that were sent; null if it is
  /// absent.
  public byte @Nullable [] raw(String name) {
    return has(name) ? body.raw(name) : null;
  }

  /// Says that a field is needed.
  ///
  /// @param kind what it would be: `text`, `array of event names`
  public void missing(String name, String kind) {
    if (isSound("/" + name)) {
      fault("/" + name, "Is missing; send " + kind + ".");
    }
  }

  /// Whether nothing was found wrong with that very field so far.
  ///
  /// @param pointer JSON pointer to the field
  public boolean isSound(String pointer) {
    return faults.stream().noneMatch(fault -> pointer.equals(fault.pointer()));
  }

  /// Adds what the caller found wrong.
  ///
  /// @param pointer JSON pointer to the field
  public void fault(String pointer, String detail) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(Fault.at(pointer, detail));
    }
  }

  /// Refuses the request if anything was wrong, or a field was sent that nobody asked for.
  public void end() {
    for (String name : body.values().keySet()) {
      if (faults.size() < MOST_FAULTS && !asked.contains(name)) {
        fault(
            "/" + escaped(Request.shown(name)),
            "There is no such field here." + Nearest.hint(name, asked));
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal(Problem.invalid(faults));
    }
  }

  /// The name as a JSON pointer has it.
  public static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private @Nullable JsonNode value(String name) {
    return isNull(name) ? null : body.values().get(name);
  }

  private @Nullable String text(String pointer, JsonNode value, int max) {
    if (!value.isString()) {
      fault(pointer, "Must be a text.");
      return null;
    }
    String text = value.stringValue();
    if (text.codePointCount(0, text.length()) > max) {
      fault(pointer, "Has at most " + max + " characters.");
    } else if (text.codePoints().anyMatch(Fields::isNoText)) {
      fault(pointer, "Has a control character or half a surrogate pair in it.");
    } else {
      return text;
    }
    return null;
  }

  private static boolean isNoText(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
