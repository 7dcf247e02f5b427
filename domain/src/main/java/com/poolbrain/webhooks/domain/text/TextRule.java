package com.poolbrain.webhooks.domain.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which characters a text may have. Control characters, and invisible ones that no script needs,
/// are forbidden everywhere: a user does not see that they were pasted.
public enum TextRule {

  /// One line with at least one visible character: names.
  LINE(Characters.CONTROL + Characters.MEANINGLESS + Characters.SURROGATES),

  /// Any number of lines.
  LINES(Characters.CONTROL_WITHOUT_LINE_FEED + Characters.MEANINGLESS + Characters.SURROGATES),

  /// No white space and no invisible character: secrets.
  TOKEN(Characters.NOT_VISIBLE);

  /// Content of character classes of regular expressions, as ECMA-262, Python and Java read them.
  /// Characters beyond the basic plane stand for themselves: the dialects escape them differently.
  private static final class Characters {

    static final String CONTROL = "\\u0000-\\u001f\\u007f-\\u009f";
    static final String CONTROL_WITHOUT_LINE_FEED = "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f";
    static final String WHITE_SPACE =
        "\\u0009-\\u000d\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f"
            + "\\u205f\\u3000";

    /// Default-ignorable code points (Unicode, DerivedCoreProperties) that text can do without,
    /// line separators, the empty Braille pattern, and annotation marks.
    static final String MEANINGLESS =
        "\\u00ad\\u115f\\u1160\\u17b4\\u17b5\\u200b\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164"
            + "\\ufeff\\uffa0\\ufff0-\\ufffb\ud82f\udca0-\ud82f\udca3\ud834\udd73-\ud834\udd7a"
            + "\udb40\udc00-\udb40\udc1f\udb40\udc80-\udb40\udcff\udb40\uddf0-\udb43\udfff";

    /// Default-ignorable code points that scripts and emoji need: joiners, directional marks,
    /// variation selectors, tags.
    static final String SHAPING =
        "\\u034f\\u061c\\u180b-\\u180f\\u200c-\\u200f\\ufe00-\\ufe0f\udb40\udc20-\udb40\udc7f"
            + "\udb40\udd00-\udb40\uddef";

    static final String SURROGATES = "\\ud800-\\udfff";
    static final String NOT_VISIBLE = CONTROL + WHITE_SPACE + MEANINGLESS + SHAPING + SURROGATES;
  }

  private static final Pattern WHITE_SPACE = Pattern.compile("[" + Characters.WHITE_SPACE + "]");
  private static final Pattern VISIBLE = Pattern.compile("[^" + Characters.NOT_VISIBLE + "]");

  private final String forbiddenClass;
  private final Pattern forbidden;

  TextRule(String forbiddenClass) {
    this.forbiddenClass = forbiddenClass;
    this.forbidden = Pattern.compile("[" + forbiddenClass + "]");
  }

  /// A sentence about the first character that breaks the rule; null if the text keeps it.
  public @Nullable String findError(String text) {
    Matcher matcher = forbidden.matcher(text);
    if (matcher.find()) {
      return "Has %s (U+%04X) at character %d; remove it."
          .formatted(
              kind(matcher.group()),
              matcher.group().codePointAt(0),
              text.codePointCount(0, matcher.start()) + 1);
    }
    return this == LINE && !VISIBLE.matcher(text).find()
        ? "Must have at least one visible character."
        : null;
  }

  private static String kind(String character) {
    if (WHITE_SPACE.matcher(character).matches()) {
      return "white space";
    } else if (Character.isISOControl(character.codePointAt(0))) {
      return "a control character";
    }
    return Character.isSurrogate(character.charAt(0)) && character.length() == 1
        ? "half of a surrogate pair"
        : "an invisible character";
  }

  /// The rule as a regular expression (ECMA-262, flag u).
  public String pattern() {
    String allowed = "[^" + forbiddenClass + "]*";
    return this == LINE
        ? "^" + allowed + "[^" + Characters.NOT_VISIBLE + "]" + allowed + "$"
        : "^" + allowed + "$";
  }
}
