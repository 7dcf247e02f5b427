package com.poolbrain.webhooks.management.url;

import com.poolbrain.webhooks.domain.text.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Finds characters that a URL can't have (RFC 3986).
final class UrlSpelling {

  private static final String NEVER_IN_URLS = "\"<>\\^`{|}";
  private static final HexFormat PERCENT_ENCODED = HexFormat.of().withUpperCase().withPrefix("%");

  private UrlSpelling() {}

  /// A sentence about the first character that can't stand where it does; null if there is none.
  static @Nullable String findError(String url) {
    int blank = url.indexOf(' ');
    if (blank >= 0) {
      return "Has a blank at character %d; remove it, or write %%20 where it belongs to the path."
          .formatted(blank + 1);
    }
    String invisible = TextRule.TOKEN.findError(url);
    return invisible == null ? findVisibleError(url) : invisible;
  }

  private static @Nullable String findVisibleError(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '%' && !isEscape(url, i)) {
        return "The %% at character %d is not followed by two hexadecimal digits; write a percent sign as %%25."
            .formatted(i + 1);
      } else if (c >= 0x80 || NEVER_IN_URLS.indexOf(c) >= 0) {
        return describe(Character.toString(url.codePointAt(i)), i);
      }
    }
    return null;
  }

  private static boolean isEscape(String url, int percent) {
    return percent + 2 < url.length()
        && HexFormat.isHexDigit(url.charAt(percent + 1))
        && HexFormat.isHexDigit(url.charAt(percent + 2));
  }

  private static String describe(String character, int index) {
    String encoded = PERCENT_ENCODED.formatHex(character.getBytes(StandardCharsets.UTF_8));
    return character.charAt(0) < 0x80
        ? "Has %s at character %d, which a URL can't have; percent-encode it as %s."
            .formatted(character, index + 1, encoded)
        : "Has %s at character %d, which is not ASCII; percent-encode it as %s in the path, and write a host name as xn--…."
            .formatted(character, index + 1, encoded);
  }
}
