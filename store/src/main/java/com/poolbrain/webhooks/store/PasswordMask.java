package com.poolbrain.webhooks.store;

import java.util.regex.Pattern;

/// Hides passwords in texts for operators: the user info of URLs, and parameters such as
/// `password=…`.
public final class PasswordMask {

  /// Up to the last `@`, because a password that is not encoded may contain any character.
  private static final Pattern USER_INFO = Pattern.compile("(:/+)\\S*@");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([a-z_.-]*(?:passw|pwd|secret|token)[a-z_.-]*=)[^&;\\s'\"]+");

  private PasswordMask() {}

  /// The text with `…` for each password.
  public static String hidePasswords(String text) {
    String masked = USER_INFO.matcher(text).replaceAll("$1…@");
    return PARAMETER.matcher(masked).replaceAll("$1…");
  }
}
