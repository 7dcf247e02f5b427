package com.poolbrain.webhooks.signature;

/// What came of checking a signature: that it matches, or the one reason why it doesn't, with a
/// sentence for the person who has to fix it.
public enum VerificationResult {
  MATCHES("The signature matches: these bytes were signed with this secret."),

  SIGNATURE_MISSING("There is no signature. Read the header X-Webhook-Signature of the request."),
  HAS_WHITE_SPACE(
      "There is white space in the signature. Pass on the value of the header as it came: 64"
          + " lower-case hex digits and nothing around them."),
  MULTIPLE_VALUES(
      "There are several values, joined by commas. X-Webhook-Signature has exactly one; check"
          + " whether a proxy joined headers."),
  HAS_PREFIX(
      "There is something in front of the hex digits, such as \"sha256=\". X-Webhook-Signature has"
          + " no prefix."),
  UPPER_CASE(
      "The hex digits are in upper case. They are sent in lower case and compared as text; check"
          + " what changed them on the way."),
  BASE64(
      "This is base64, not hex. X-Webhook-Signature is 64 lower-case hex digits; base64 belongs to"
          + " the header webhook-signature of Standard Webhooks."),
  NOT_HEX("This is not hex. A signature is made of the digits 0 to 9 and a to f."),
  WRONG_LENGTH("This is hex, but not 64 digits long. Part of it is missing or too much."),

  KEY_WITHOUT_PREFIX(
      "It was signed with the secret without its \"whsec_\". The key is the whole string as it is"
          + " shown in the settings."),
  KEY_BASE64_DECODED(
      "It was signed with the base64-decoded secret. The key is the UTF-8 bytes of the whole string"
          + " as it is shown in the settings; only Standard Webhooks decode it."),
  LINE_ENDING(
      "It matches but for a line end at the end of the body. Sign and verify the bytes exactly as"
          + " they were sent; files and shells like to add or drop one."),
  MISMATCH(
      "It is a well-formed signature, but by another secret or over other bytes. Check that the"
          + " secret is the one of this endpoint, whole, and that the raw bytes of the body are"
          + " checked before anything parses, re-formats or re-encodes them."),

  UNSUPPORTED_SECRET(
      "Standard Webhooks need a secret of the form whsec_<base64 of 24 to 64 bytes>, and this one is"
          + " not. Check X-Webhook-Signature instead."),
  ID_MISSING("There is no id. Read the header webhook-id of the request."),
  TIMESTAMP_INVALID(
      "There is no usable time. The header webhook-timestamp says when it was sent, in Unix"
          + " seconds."),
  TIMESTAMP_TOO_OLD(
      "It was sent more than five minutes ago. It may be a replay; if it is new, check the clocks."),
  TIMESTAMP_TOO_NEW("It was sent more than five minutes in the future. Check the clocks."),
  UNSUPPORTED_VERSION(
      "No value begins with \"v1,\". webhook-signature is a list of v1,<base64>, separated by"
          + " spaces.");

  private final String message;

  VerificationResult(String message) {
    this.message = message;
  }

  /// Whether the message may be trusted.
  public boolean matches() {
    return this == MATCHES;
  }

  /// The result in words that say what to do.
  public String message() {
    return message;
  }
}
