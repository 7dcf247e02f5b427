package com.poolbrain.webhooks.events;

/// Says why JSON was not accepted: what is wrong, where, and in a sentence what to do about it.
public final class InvalidJsonException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /// The reasons that a caller may want to tell apart.
  public enum Reason {
    /// Not JSON by RFC 8259, or something after the document.
    SYNTAX(true),
    /// Not strictly valid UTF-8, or with a byte order mark.
    ENCODING(true),
    /// A key that its object already has.
    DUPLICATE_KEY(true),
    /// More than [StrictJsonReader#MAX_NESTING] arrays and objects inside each other.
    NESTING_TOO_DEEP(true),
    /// A string, number or key that is longer than allowed.
    TOO_LONG(false),
    /// Half of a surrogate pair, written as an escape: valid JSON, but no text.
    LONE_SURROGATE(false),
    /// Well-formed, but not what belongs there.
    UNEXPECTED_VALUE(false);

    private final boolean malformed;

    Reason(boolean malformed) {
      this.malformed = malformed;
    }
  }

  private final Reason reason;
  private final String pointer;

  InvalidJsonException(Reason reason, String pointer, String message) {
    super(ValidationError.replaceLoneSurrogates(message));
    this.reason = reason;
    this.pointer = ValidationError.replaceLoneSurrogates(pointer);
  }

  /// Which of the reasons it is.
  public Reason reason() {
    return reason;
  }

  /// Whether the document as a whole is malformed (HTTP status 400), rather than well-formed with
  /// something in it that is not accepted (422).
  public boolean isMalformed() {
    return reason.malformed;
  }

  /// The JSON pointer (RFC 6901) of the value that was being read; empty for the whole document.
  public String pointer() {
    return pointer;
  }

  /// The same as a problem beside others.
  public ValidationError toValidationError() {
    return new ValidationError(pointer, String.valueOf(getMessage()));
  }
}
