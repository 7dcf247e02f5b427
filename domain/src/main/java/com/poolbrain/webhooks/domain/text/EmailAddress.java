package com.poolbrain.webhooks.domain.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The form of e-mail addresses that notices are sent to: ASCII, a local part of dot-separated
/// atoms (RFC 5322), and a host name with at least one dot.
public final class EmailAddress {

  /// Characters of an address (RFC 5321).
  public static final int MAX_LENGTH = 254;

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_{|}~\\-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?";

  /// The form as a regular expression (ECMA-262, flag u).
  public static final String PATTERN =
      "^(?=[^@]{1,64}@)%1$s(?:\\.%1$s)*@(?:%2$s\\.)+%2$s$".formatted(ATOM, LABEL);

  private static final Pattern FORM = Pattern.compile(PATTERN);

  private EmailAddress() {}

  /// A sentence about a text that is no address; null if it is one.
  public static @Nullable String findError(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches()
        ? null
        : "Must be an e-mail address such as ops@example.com, without a name before it.";
  }
}
