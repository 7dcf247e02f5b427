package com.poolbrain.webhooks.server.docs;

import java.util.Locale;

/// HTML that is being written. Whatever is text is escaped.
final class Html {

  private final StringBuilder out = new StringBuilder(1 << 16);

  /// Markup, as it is.
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /// Text.
  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /// An element that holds just text.
  ///
  /// @param tag may bring attributes: `td class="name"`
  Html element(String tag, String text) {
    int end = tag.indexOf(' ');
    return raw("<" + tag + ">")
        .text(text)
        .raw("</" + (end < 0 ? tag : tag.substring(0, end)) + ">");
  }

  /// Paragraphs of text, in which backticks mark code.
  Html prose(String text) {
    for (String paragraph : text.split("\n\n", -1)) {
      raw("<p>").marked(paragraph).raw("</p>");
    }
    return this;
  }

  /// Text in which backticks mark code.
  Html marked(String text) {
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

  static String escaped(String text) {
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
