package com.poolbrain.webhooks.domain;

/// The limits that are documented for publishers and consumers.
public final class Limits {

  /// Items in one grouped envelope.
  public static final int MAX_CHUNK_ITEMS = 100;

  /// Bytes of escaped `data` in one envelope, brackets and commas of an array included.
  public static final int MAX_CHUNK_BYTES = 262_144;

  /// Objects in one publish request.
  public static final int MAX_REQUEST_OBJECTS = 1_000;

  /// Items in one publish request, over all its objects.
  public static final int MAX_REQUEST_ITEMS = 10_000;

  /// Deliveries that one publish request may create.
  public static final int MAX_REQUEST_DELIVERIES = 20_000;

  /// Bytes of one publish request.
  public static final int MAX_REQUEST_BYTES = 5 * 1024 * 1024;

  /// Endpoints of one company that are not deleted.
  public static final int MAX_ENDPOINTS_PER_COMPANY = 50;

  /// Event types that operators add.
  public static final int MAX_OPERATOR_EVENT_TYPES = 100;

  /// Characters of the name of a company or an API key.
  public static final int MAX_NAME_LENGTH = 200;

  /// Characters of the name of an event.
  public static final int MAX_EVENT_NAME_LENGTH = 200;

  /// Characters of the `operation` that groups objects of one publish request.
  public static final int MAX_OPERATION_LENGTH = 255;

  /// Characters of an idempotency key.
  public static final int MAX_IDEMPOTENCY_KEY_LENGTH = 255;

  private Limits() {}
}
