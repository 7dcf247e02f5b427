package com.poolbrain.webhooks.api.docs;

import java.util.Locale;

/// HTML that is being written. Whatever is text is escaped.
final class HtmlWriter {

  private final StringBuilder out = new StringBuilder(1 << 16);

  /// Markup, as it is.
  HtmlWriter raw(String markup) {
    out.append(markup);
    return this;
  }

  /// Text.
  HtmlWriter text(String text) {
    out.append(escape(text));
    return this;
  }

  /// An element that holds just text.
  ///
  /// @param tag may bring attributes: `td class="name"`
  HtmlWriter element(String tag, String text) {
    int end = tag.indexOf(' ');
    return raw("<" + tag + ">")
        .text(text)
        .raw("</" + (end < 0 ? tag : tag.substring(0, end)) + ">");
  }

  /// Paragraphs of text, in which backticks mark code.
  HtmlWriter prose(String text) {
    for (String paragraph : text.split("\n\n", -1)) {
      raw("<p>").textWithCode(paragraph).raw("</p>");
    }
    return this;
  }

  /// Text in which backticks mark code.
  HtmlWriter textWithCode(String text) {
    String[] pieces = text.split("`", -1);
    for (int i = 0; i < pieces.length; i++) {
      if (i % 2 == 1) {
        element("code", pieces[i]);
      } else {
        text(pieces[i]);
      }
    }
    return this;
  }

  /// The name as an anchor.
  static String anchor(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
