package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.Utf8;

/// JSON that is not accepted, with the reason, the place and a sentence that says what to do.
public final class InvalidJsonException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /// Why JSON is not accepted.
  public enum Reason {
    /// Not JSON by RFC 8259, or something after the document.
    SYNTAX(true),
    /// Not strictly valid UTF-8, or with a byte order mark.
    ENCODING(true),
    /// A key that its object already has.
    DUPLICATE_KEY(true),
    /// More than [StrictJsonReader#MAX_NESTING] arrays and objects inside each other.
    NESTING_TOO_DEEP(true),
    /// A string, number or key that is longer than allowed, or an object with too many keys.
    TOO_LONG(false),
    /// A lone surrogate, written as an escape: valid JSON, but not valid Unicode text.
    LONE_SURROGATE(false),
    /// Well-formed, but not the expected value.
    UNEXPECTED_VALUE(false);

    private final boolean malformed;

    Reason(boolean malformed) {
      this.malformed = malformed;
    }
  }

  private final Reason reason;
  private final String pointer;

  InvalidJsonException(Reason reason, String pointer, String message) {
    super(Utf8.replaceLoneSurrogates(message));
    this.reason = reason;
    this.pointer = Utf8.replaceLoneSurrogates(pointer);
  }

  /// Why the JSON is not accepted.
  public Reason reason() {
    return reason;
  }

  /// Whether the document is malformed as a whole (HTTP status 400). Otherwise it is well-formed
  /// and holds a value that is not accepted (422).
  public boolean isMalformed() {
    return reason.malformed;
  }

  /// The JSON pointer (RFC 6901) of the rejected value; empty for the whole document.
  public String pointer() {
    return pointer;
  }

  /// The same as a validation error.
  public ValidationError toValidationError() {
    return new ValidationError(pointer, String.valueOf(getMessage()));
  }
}
