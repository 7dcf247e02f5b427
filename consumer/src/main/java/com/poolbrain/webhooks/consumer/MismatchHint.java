package com.poolbrain.webhooks.consumer;

/// What is probably wrong when a well-formed signature does not match. Meant for the log.
public enum MismatchHint {
  /// There is no body: something read it before the verification.
  BODY_EMPTY(
      "The body is empty. Something read it before the verification, such as a body parser or"
          + " getParameter(); read the raw bytes first."),
  /// The body was parsed and written again.
  RE_SERIALIZED(
      "The body was parsed and written again. Verify the raw bytes of the request, not an object"
          + " that was turned back into JSON."),
  /// A line ending was added to the body or removed from it.
  NEWLINE(
      "A line ending was added to the body or removed from it. Verify the raw bytes of the"
          + " request."),
  /// The body was converted to another character set, or got a byte order mark.
  WRONG_CHARSET(
      "The body was converted to another character set. Verify the bytes of the request, not a"
          + " string."),
  /// The secret has quotation marks around it.
  SECRET_IN_QUOTES(
      "The secret has quotation marks around it, probably from a configuration file. Remove them."),
  /// The sender's key is the secret without `whsec_`.
  SECRET_WITHOUT_PREFIX(
      "The body was signed with the secret without \"whsec_\". Pool Brain signs with the whole"
          + " secret, so this request comes from another sender, such as a test script."),
  /// The sender's key is the base64-decoded secret.
  SECRET_DECODED(
      "The body was signed with the base64-decoded secret. Pool Brain signs X-Webhook-Signature with"
          + " the whole secret, so this request comes from another sender, such as a test script."),
  /// None of the usual mistakes.
  OTHER_SECRET_OR_BODY(
      "The request was signed with another secret, or its body was changed. Check that the secret is"
          + " that of this endpoint, and that nothing in front of this program changes the body.");

  private final String message;

  MismatchHint(String message) {
    this.message = message;
  }

  /// One or two sentences that say what is wrong and what to do.
  public String message() {
    return message;
  }
}
