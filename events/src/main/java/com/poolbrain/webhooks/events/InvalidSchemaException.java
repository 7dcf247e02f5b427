package com.poolbrain.webhooks.events;

/// A text is no schema of `data`, or has a keyword that nothing would check.
public final class InvalidSchemaException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String detail;

  InvalidSchemaException(String pointer, String detail) {
    super((pointer.isEmpty() ? "The schema" : pointer) + " " + detail);
    this.pointer = pointer;
    this.detail = detail;
  }

  /// Place in the schema, as a JSON pointer (RFC 6901).
  public String pointer() {
    return pointer;
  }

  /// What is wrong, as the end of a sentence that begins with the place: "must be …".
  public String detail() {
    return detail;
  }
}
