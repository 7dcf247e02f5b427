package com.poolbrain.webhooks.transport.failure;

/// Text of another host that is stored and shown: one line without control characters.
public final class PrintableText {

  private PrintableText() {}

  /// Replaces control characters, and cuts the text to a number of characters.
  public static String of(String text, int maxLength) {
    int length = Math.min(text.length(), maxLength);
    StringBuilder printable = null;
    for (int i = 0; i < length; i++) {
      if (Character.isISOControl(text.charAt(i))) {
        printable = printable == null ? new StringBuilder(text.substring(0, length)) : printable;
        printable.setCharAt(i, '\ufffd');
      }
    }
    return printable == null ? text.substring(0, length) : printable.toString();
  }
}
