package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// The definition of one event type. A released definition changes only by optional fields that
/// customers turn on; any other change is a new type.
///
/// @param names names under which endpoints can subscribe the type
/// @param category group of the type on the settings page, such as "Customer"
/// @param description one sentence that says when the event is sent
/// @param mayBeGrouped whether one envelope may hold several items
/// @param mayBeSubscribed whether endpoints can subscribe the type; false for `webhook.ping`, which
///   only the test button sends
/// @param schema schema of one item of `data`
/// @param samples samples of `data`, which fit the schema
public record EventTypeDefinition(
    EventTypeNames names,
    String category,
    String description,
    boolean mayBeGrouped,
    boolean mayBeSubscribed,
    DataSchema schema,
    Samples samples) {

  /// Samples of a type's `data`, as compact JSON.
  ///
  /// @param single one object
  /// @param grouped an array of at least two objects; null for a type that is never grouped
  public record Samples(String single, @Nullable String grouped) {

    /// Makes both compact.
    ///
    /// @throws InvalidJsonException if one of them is not JSON
    public Samples {
      single = compact(single);
      grouped = grouped == null ? null : compact(grouped);
    }

    private static String compact(String json) {
      byte[] ascii = AsciiJsonCopier.compact(json.getBytes(StandardCharsets.UTF_8));
      return new String(ascii, StandardCharsets.US_ASCII);
    }
  }

  /// Validates the samples.
  ///
  /// @throws IllegalArgumentException if a sample does not fit the schema, if a grouped sample is
  ///   missing although the type may be grouped, or present although it may not
  public EventTypeDefinition {
    requireValidSample(samples.single(), schema);
    if (mayBeGrouped == (samples.grouped() == null)) {
      throw new IllegalArgumentException(
          "A type needs a grouped sample if and only if it may be grouped.");
    }
    if (samples.grouped() != null) {
      requireValidGroupedSample(samples.grouped(), schema);
    }
  }

  /// The canonical name, which is sent unless an endpoint subscribed an alias.
  public String name() {
    return names.canonical();
  }

  /// Other names that can be subscribed, the preferred one first.
  public List<String> aliases() {
    return names.aliases();
  }

  private static void requireValidSample(String sample, DataSchema schema) {
    try (StrictJsonReader json = open(sample)) {
      json.next();
      var errors = new ValidationErrors();
      new DataValidator(errors).validate(json, schema);
      requireNoErrors(errors);
    }
  }

  private static void requireValidGroupedSample(String sample, DataSchema schema) {
    try (StrictJsonReader json = open(sample)) {
      var errors = new ValidationErrors();
      var validator = new DataValidator(errors);
      int items = 0;
      if (json.next() == JsonToken.START_ARRAY) {
        while (json.next() != JsonToken.END_ARRAY) {
          validator.validate(json, schema);
          items++;
        }
      }
      requireNoErrors(errors);
      if (items < 2) {
        throw new IllegalArgumentException(
            "A grouped sample must be an array of at least two items.");
      }
    }
  }

  private static StrictJsonReader open(String sample) {
    return StrictJsonReader.open(sample.getBytes(StandardCharsets.US_ASCII));
  }

  private static void requireNoErrors(ValidationErrors errors) {
    if (!errors.isEmpty()) {
      ValidationError first = errors.kept().get(0);
      throw new IllegalArgumentException(
          "The sample does not fit the schema: " + first.pointer() + ": " + first.detail());
    }
  }
}
