package com.poolbrain.webhooks.management.eventtype;

/// The limits of the fields of an event type.
public final class EventTypeLimits {

  /// Characters of a description.
  public static final int MAX_DESCRIPTION_LENGTH = 500;

  /// Characters of a category.
  public static final int MAX_CATEGORY_LENGTH = 50;

  /// Bytes of a schema, as compact JSON in ASCII.
  public static final int MAX_SCHEMA_BYTES = 65_536;

  /// Samples of a type.
  public static final int MAX_SAMPLES = 10;

  /// Bytes of all samples of a type, as compact JSON in ASCII.
  public static final int MAX_SAMPLES_BYTES = 65_536;

  /// Fields by whose values an event can be found.
  public static final int MAX_SEARCHABLE_FIELDS = 8;

  private EventTypeLimits() {}
}
