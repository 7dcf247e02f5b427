package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.server.http.Problem.Fault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The query parameters of a request, taken one by one; [#end()] refuses what is wrong with any of
/// them, and those that nobody asked for.
public final class Query {

  private final Map<String, String> values;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<Fault> faults;

  private Query(Map<String, String> values, List<Fault> faults) {
    this.values = values;
    this.faults = faults;
  }

  static Query of(String raw) {
    Map<String, String> values = new HashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      String value = Percent.decodeForm(equals < 0 ? "" : pair.substring(equals + 1));
      if (name == null || value == null || value.indexOf('\0') >= 0) {
        faults.add(
            Fault.ofParameter(
                Request.shown(pair), "Encode it as UTF-8 with percent signs, without U+0000."));
      } else if (values.put(name, value) != null) {
        faults.add(Fault.ofParameter(Request.shown(name), "Give it once; it was given twice."));
      }
    }
    return new Query(values, faults);
  }

  /// A text of at most `max` characters; null if it is absent or empty.
  public @Nullable String text(String name, int max) {
    String value = take(name);
    if (value != null && value.length() > max) {
      fault(name, "Give at most " + max + " characters.");
      return null;
    }
    return value;
  }

  /// A number between `min` and `max`; `otherwise` if it is absent.
  public long number(String name, long otherwise, long min, long max) {
    String value = take(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    fault(name, "Give a number from " + min + " to " + max + ".");
    return otherwise;
  }

  /// A UUID; null if it is absent.
  public @Nullable UUID id(String name) {
    String value = take(name);
    UUID id = value == null ? null : Request.uuid(value);
    if (value != null && id == null) {
      fault(name, "Give an id such as 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d.");
    }
    return id;
  }

  /// An RFC 3339 time; null if it is absent.
  public @Nullable Instant time(String name) {
    String value = take(name);
    if (value == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(value);
      if (time.getYear() >= 1970 && time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeException _) {
      // said below
    }
    fault(name, "Give a time such as 2026-02-13T06:42:24Z; write + as %2B.");
    return null;
  }

  /// One of the words; null if it is absent.
  public @Nullable String oneOf(String name, List<String> words) {
    String value = take(name);
    if (value != null && !words.contains(value)) {
      fault(name, "Give one of " + String.join(", ", words) + "." + Nearest.hint(value, words));
      return null;
    }
    return value;
  }

  /// Adds what the caller found wrong with a parameter.
  public void fault(String name, String detail) {
    faults.add(Fault.ofParameter(name, detail));
  }

  /// Refuses the request if anything was wrong, or a parameter was given that nobody asked for.
  public void end() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        fault(Request.shown(name), "There is no such parameter here." + Nearest.hint(name, asked));
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal(Problem.invalid(faults));
    }
  }

  private @Nullable String take(String name) {
    asked.add(name);
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
