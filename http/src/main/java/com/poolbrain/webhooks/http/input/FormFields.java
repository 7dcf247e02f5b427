package com.poolbrain.webhooks.http.input;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a form that a browser sent. A field may be there several times, as check boxes of
/// one name are.
public final class FormFields {

  private static final int MAX_FIELDS = 1_000;

  private final Map<String, List<String>> values;

  private FormFields(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Parses a body or a query.
  ///
  /// @throws ProblemException 422 if it is not percent-encoded UTF-8, or has too many fields
  public static FormFields parse(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String[] pairs = encoded.isEmpty() ? new String[0] : encoded.split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      throw invalid("A form has at most " + MAX_FIELDS + " fields.");
    }
    for (String pair : pairs) {
      int separator = pair.indexOf('=');
      String name = PercentDecoder.decodeForm(separator < 0 ? pair : pair.substring(0, separator));
      String value = PercentDecoder.decodeForm(separator < 0 ? "" : pair.substring(separator + 1));
      if (name == null || value == null) {
        throw invalid("Encode the form as UTF-8 with percent signs.");
      }
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new FormFields(values);
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.invalid("", detail));
  }

  /// The names of all fields, in the order in which they were sent.
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /// Whether the field was sent.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// The first value of a field; empty if it was not sent. Line ends are single line feeds.
  public String text(String name) {
    return all(name).isEmpty() ? "" : all(name).getFirst();
  }

  /// The value of a field without white space around it; null if nothing is left.
  public @Nullable String trimmed(String name) {
    String text = text(name).strip();
    return text.isEmpty() ? null : text;
  }

  /// All values of a field in their order.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .map(value -> value.replace("\r\n", "\n"))
        .toList();
  }
}
