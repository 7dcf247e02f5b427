package com.poolbrain.webhooks.http.input;

import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.events.WireTimestamp;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The query parameters of a request, taken one by one. [#rejectInvalid()] rejects the request with
/// all errors at once, unknown parameters included.
public final class QueryParams {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smh])");
  private static final Map<String, Duration> UNITS =
      Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Map<String, String> values;
  private final Set<String> knownNames = new LinkedHashSet<>();
  private final List<FieldError> errors;

  private QueryParams(Map<String, String> values, List<FieldError> errors) {
    this.values = values;
    this.errors = errors;
  }

  /// Parses the part of a URL after the `?`.
  public static QueryParams parse(String raw) {
    Map<String, String> values = new HashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int separator = pair.indexOf('=');
      String name = PercentDecoder.decodeForm(separator < 0 ? pair : pair.substring(0, separator));
      String value = PercentDecoder.decodeForm(separator < 0 ? "" : pair.substring(separator + 1));
      if (name == null || value == null || value.indexOf('\0') >= 0) {
        addTo(
            errors,
            FieldError.atParameter(
                Problem.shorten(pair), "Encode it as UTF-8 with percent signs, without U+0000."));
      } else if (values.put(name, value) != null) {
        addTo(
            errors,
            FieldError.atParameter(Problem.shorten(name), "Give it once; it was given twice."));
      }
    }
    return new QueryParams(values, errors);
  }

  /// A text of at most `max` characters (code points); null if it is absent.
  public @Nullable String text(String name, int max) {
    String value = value(name);
    if (value != null && value.codePointCount(0, value.length()) > max) {
      addError(name, "Give at most " + max + " characters.");
      return null;
    }
    return value;
  }

  /// A number between `min` and `max`; `defaultValue` if it is absent.
  public long number(String name, long defaultValue, long min, long max) {
    String value = value(name);
    if (value == null) {
      return defaultValue;
    }
    if (NUMBER.matcher(value).matches()) {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    }
    addError(name, "Give a number from " + min + " to " + max + ".");
    return defaultValue;
  }

  /// A UUID; null if it is absent.
  public @Nullable UUID id(String name) {
    String value = value(name);
    UUID id = value == null ? null : UuidText.parse(value);
    if (value != null && id == null) {
      addError(name, "Give an id such as 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d.");
    }
    return id;
  }

  /// An RFC 3339 time; null if it is absent.
  public @Nullable Instant time(String name) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    try {
      Instant time = WireTimestamp.parse(value);
      if (!time.isBefore(Instant.EPOCH)) {
        return time;
      }
    } catch (IllegalArgumentException _) {
      // reported below
    }
    addError(name, "Give a time from 1970 on, such as 2026-02-13T06:42:24Z; write + as %2B.");
    return null;
  }

  /// Whether the parameter was sent.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// A duration from one second to `max`, such as `90s`, `15m` or `24h`; `defaultValue` if it is
  /// absent.
  public Duration duration(String name, Duration defaultValue, Duration max) {
    String value = value(name);
    if (value == null) {
      return defaultValue;
    }
    Matcher parts = DURATION.matcher(value);
    if (parts.matches()) {
      Duration duration =
          Objects.requireNonNull(UNITS.get(parts.group(2)))
              .multipliedBy(Long.parseLong(parts.group(1)));
      if (duration.isPositive() && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    addError(name, "Give a duration such as 90s, 15m or 2h; at most " + max.toHours() + "h.");
    return defaultValue;
  }

  /// One of the allowed values; null if it is absent.
  public @Nullable String oneOf(String name, List<String> allowedValues) {
    String value = value(name);
    if (value != null && !allowedValues.contains(value)) {
      addError(
          name,
          "Give one of "
              + String.join(", ", allowedValues)
              + "."
              + Suggestions.question(value, allowedValues));
      return null;
    }
    return value;
  }

  /// Adds an error to a parameter.
  public void addError(String name, String detail) {
    addTo(errors, FieldError.atParameter(name, detail));
  }

  private static void addTo(List<FieldError> errors, FieldError error) {
    if (errors.size() < JsonFields.MAX_ERRORS) {
      errors.add(error);
    }
  }

  /// Rejects the request if an error was found, or a parameter was sent that was not asked for.
  ///
  /// @throws ProblemException 422 with all errors
  public void rejectInvalid() {
    values.keySet().stream()
        .filter(name -> !knownNames.contains(name))
        .limit(JsonFields.MAX_ERRORS)
        .forEach(name ->
            addError(
                Problem.shorten(name),
                "There is no such parameter here." + Suggestions.question(name, knownNames)));
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }

  private @Nullable String value(String name) {
    knownNames.add(name);
    String value = values.get(name);
    if (value != null && value.isEmpty()) {
      addError(name, "Has no value; give one, or leave the parameter out.");
      return null;
    }
    return value;
  }
}
