package com.poolbrain.webhooks.signature;

/// The result of verifying a signature: a match, or the reason why there is none, with a message
/// that says what to do.
public enum VerificationResult {
  /// The body was signed with the secret.
  MATCHES("The signature matches: this body was signed with this secret."),

  /// The signature is missing or empty.
  SIGNATURE_MISSING(
      "The signature is missing. Read the header X-Webhook-Signature of the request."),
  /// `X-Webhook-Signature` contains white space.
  HAS_WHITE_SPACE(
      "The signature contains white space. Pass the value of the header unchanged: 64 hex digits in"
          + " lower case."),
  /// `X-Webhook-Signature` contains a comma.
  MULTIPLE_VALUES(
      "The signature has several values, separated by commas. X-Webhook-Signature has one value;"
          + " check whether a proxy joined headers."),
  /// `X-Webhook-Signature` has a prefix such as `sha256=`.
  HAS_PREFIX(
      "The signature has a prefix, such as \"sha256=\". X-Webhook-Signature has no prefix; pass the"
          + " value of the header unchanged."),
  /// `X-Webhook-Signature` contains upper-case hexadecimal digits.
  UPPER_CASE(
      "The hex digits are in upper case. They are sent in lower case and compared as text; check"
          + " which component changed them."),
  /// `X-Webhook-Signature` looks like base64.
  BASE64(
      "The signature is base64, not hex. X-Webhook-Signature has 64 hex digits in lower case; base64"
          + " belongs to the header webhook-signature of Standard Webhooks."),
  /// `X-Webhook-Signature` has characters that are not hexadecimal digits.
  NOT_HEX("The signature is not hex. It must consist of the digits 0 to 9 and a to f."),
  /// `X-Webhook-Signature` has fewer or more than 64 digits.
  WRONG_LENGTH(
      "The signature does not have 64 hex digits. Check whether it was cut or extended when it was"
          + " copied."),

  /// The body was signed with the secret without `whsec_`. Only [Verifier#explain] finds this.
  KEY_WITHOUT_PREFIX(
      "The body was signed with the secret without \"whsec_\". The key is the whole secret as the"
          + " settings show it."),
  /// The body was signed with the base64-decoded secret. Only [Verifier#explain] finds this.
  KEY_BASE64_DECODED(
      "The body was signed with the base64-decoded secret. The key is the UTF-8 bytes of the whole"
          + " secret as the settings show it; only Standard Webhooks decode it."),
  /// The signed body has another line ending at its end. Only [Verifier#explain] finds this.
  LINE_ENDING(
      "The signature matches the body with another line ending at its end. Sign and verify the exact"
          + " bytes that were sent; editors and shells often add or remove a line ending."),
  /// The signature is well-formed, but does not belong to this body and secret.
  MISMATCH(
      "The signature is well-formed, but belongs to another secret or another body. Check that the"
          + " secret is the whole secret of this endpoint, and that the raw bytes of the body are"
          + " verified before they are parsed, reformatted or re-encoded."),

  /// The secret does not support Standard Webhooks.
  UNSUPPORTED_SECRET(
      "Standard Webhooks need a secret of the form whsec_<base64 of 24 to 64 bytes>, and this secret"
          + " has another form. Verify X-Webhook-Signature instead."),
  /// `webhook-id` is missing or empty.
  ID_MISSING("The id is missing. Read the header webhook-id of the request."),
  /// `webhook-timestamp` is missing or not a number.
  TIMESTAMP_INVALID(
      "The timestamp is missing or invalid. Read the header webhook-timestamp of the request, which"
          + " has Unix seconds."),
  /// `webhook-timestamp` is more than [Verifier#TIMESTAMP_TOLERANCE] in the past.
  TIMESTAMP_TOO_OLD(
      "The request was sent more than five minutes ago. It may be a replay; if it is new, check the"
          + " clocks."),
  /// `webhook-timestamp` is more than [Verifier#TIMESTAMP_TOLERANCE] in the future.
  TIMESTAMP_TOO_NEW("The request was sent more than five minutes in the future. Check the clocks."),
  /// `webhook-signature` has no value of a known version.
  UNSUPPORTED_VERSION(
      "No value begins with \"v1,\". The header webhook-signature is a list of v1,<base64>, separated"
          + " by spaces.");

  private final String message;

  VerificationResult(String message) {
    this.message = message;
  }

  /// Whether the request is authentic.
  public boolean matches() {
    return this == MATCHES;
  }

  /// One or two sentences that say what is wrong and what to do.
  public String message() {
    return message;
  }
}
