package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonToken;

/// All that is known about one event type. A released one never changes, except by optional fields
/// that customers turn on; anything else is a new type.
///
/// @param names under which it can be subscribed
/// @param about what people read about it
/// @param use what may be done with it
/// @param schema of its `data`
/// @param samples of its `data`, which fit the schema
public record EventTypeDefinition(
    EventNames names, About about, Use use, DataSchema schema, Samples samples) {

  /// What people read about a type.
  ///
  /// @param category the group that the settings page shows it in, such as "Customer"
  /// @param description one sentence that says when it is sent
  public record About(String category, String description) {}

  /// What may be done with a type.
  ///
  /// @param mayBeGrouped whether several items may travel in one envelope
  /// @param maySubscribe whether endpoints can select it; a ping is sent by the test button only
  public record Use(boolean mayBeGrouped, boolean maySubscribe) {}

  /// @throws IllegalArgumentException if a sample does not fit the schema, or there is a grouped
  ///   sample just for one that is never grouped, or none for one that is
  public EventTypeDefinition {
    requireFits(samples.single(), schema);
    if (use.mayBeGrouped() == (samples.grouped() == null)) {
      throw new IllegalArgumentException(
          "A type needs a grouped sample if it may be grouped, and only then.");
    }
    if (samples.grouped() != null) {
      requireAllFit(samples.grouped(), schema);
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
    return about.category();
  }

  /// One sentence that says when it is sent.
  public String description() {
    return about.description();
  }

  /// Whether several items may travel in one envelope.
  public boolean mayBeGrouped() {
    return use.mayBeGrouped();
  }

  /// Whether endpoints can select it.
  public boolean maySubscribe() {
    return use.maySubscribe();
  }

  private static void requireFits(String sample, DataSchema schema) {
    try (StrictJson json = StrictJson.open(sample.getBytes(StandardCharsets.US_ASCII))) {
      json.next();
      var problems = new Problems();
      new DataCheck(problems).read(json, schema);
      requireNone(problems);
    }
  }

  private static void requireAllFit(String sample, DataSchema schema) {
    try (StrictJson json = StrictJson.open(sample.getBytes(StandardCharsets.US_ASCII))) {
      var problems = new Problems();
      var check = new DataCheck(problems);
      int items = 0;
      if (json.next() == JsonToken.START_ARRAY) {
        while (json.next() != JsonToken.END_ARRAY) {
          check.read(json, schema);
          items++;
        }
      }
      requireNone(problems);
      if (items < 2) {
        throw new IllegalArgumentException("A grouped sample is an array of two items or more.");
      }
    }
  }

  private static void requireNone(Problems problems) {
    if (!problems.isEmpty()) {
      Problem first = problems.kept().get(0);
      throw new IllegalArgumentException(
          "The sample does not fit the schema: " + first.pointer() + ": " + first.detail());
    }
  }
}
