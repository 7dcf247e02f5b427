package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonToken;

/// All that is known about one event type. A released one never changes, except by optional fields
/// that customers turn on; anything else is a new type.
///
/// @param names under which it can be subscribed
/// @param documentation what people read about it
/// @param capabilities what may be done with it
/// @param schema of its `data`
/// @param samples of its `data`, which fit the schema
public record EventTypeDefinition(
    EventTypeNames names,
    Documentation documentation,
    Capabilities capabilities,
    DataSchema schema,
    Samples samples) {

  /// What people read about a type.
  ///
  /// @param category the group that the settings page shows it in, such as "Customer"
  /// @param description one sentence that says when it is sent
  public record Documentation(String category, String description) {}

  /// What may be done with a type.
  ///
  /// @param mayBeGrouped whether several items may travel in one envelope
  /// @param mayBeSubscribed whether endpoints can select it; a ping is sent by the test button only
  public record Capabilities(boolean mayBeGrouped, boolean mayBeSubscribed) {}

  /// @throws IllegalArgumentException if a sample does not fit the schema, or there is a grouped
  ///   sample just for one that is never grouped, or none for one that is
  public EventTypeDefinition {
    requireValidSample(samples.single(), schema);
    if (capabilities.mayBeGrouped() == (samples.grouped() == null)) {
      throw new IllegalArgumentException(
          "A type needs a grouped sample if it may be grouped, and only then.");
    }
    if (samples.grouped() != null) {
      requireValidGroupedSample(samples.grouped(), schema);
    }
  }

  /// The canonical name, which is sent unless an endpoint subscribed an alias.
  public String name() {
    return names.canonical();
  }

  /// Other names that can be subscribed, in the order they are preferred.
  public List<String> aliases() {
    return names.aliases();
  }

  /// The group that the settings page shows it in.
  public String category() {
    return documentation.category();
  }

  /// One sentence that says when it is sent.
  public String description() {
    return documentation.description();
  }

  /// Whether several items may travel in one envelope.
  public boolean mayBeGrouped() {
    return capabilities.mayBeGrouped();
  }

  /// Whether endpoints can select it.
  public boolean mayBeSubscribed() {
    return capabilities.mayBeSubscribed();
  }

  private static void requireValidSample(String sample, DataSchema schema) {
    try (StrictJsonReader json =
        StrictJsonReader.open(sample.getBytes(StandardCharsets.US_ASCII))) {
      json.next();
      var errors = new ValidationErrors();
      new DataValidator(errors).validate(json, schema);
      requireNoErrors(errors);
    }
  }

  private static void requireValidGroupedSample(String sample, DataSchema schema) {
    try (StrictJsonReader json =
        StrictJsonReader.open(sample.getBytes(StandardCharsets.US_ASCII))) {
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
        throw new IllegalArgumentException("A grouped sample is an array of two items or more.");
      }
    }
  }

  private static void requireNoErrors(ValidationErrors errors) {
    if (!errors.isEmpty()) {
      ValidationError first = errors.kept().get(0);
      throw new IllegalArgumentException(
          "The sample does not fit the schema: " + first.pointer() + ": " + first.detail());
    }
  }
}
