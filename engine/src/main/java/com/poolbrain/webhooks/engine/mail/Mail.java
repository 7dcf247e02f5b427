package com.poolbrain.webhooks.engine.mail;

import com.poolbrain.webhooks.domain.text.EmailAddress;
import java.net.URI;
import java.util.UUID;

/// A mail to one address, as text and HTML.
///
/// @param id of the `Message-ID`: the same for the same notices
/// @param subject one line; control characters become spaces
/// @param unsubscribeUrl of `List-Unsubscribe`, for one click (RFC 8058)
public record Mail(
    UUID id, String address, String subject, String text, String html, URI unsubscribeUrl) {

  /// Characters of a subject.
  public static final int MAX_SUBJECT = 150;

  /// @throws IllegalArgumentException if the address is none
  public Mail {
    if (EmailAddress.findError(address) != null) {
      throw new IllegalArgumentException("not an e-mail address");
    }
    subject = singleLine(subject);
  }

  /// Whatever a name contains, it adds no header and turns no text around.
  private static String singleLine(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+", " ").strip();
    return line.codePointCount(0, line.length()) <= MAX_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_SUBJECT - 1)) + "…";
  }

  /// The link ends notices for whoever has it.
  @Override
  public String toString() {
    return "Mail[" + id + "]";
  }
}
