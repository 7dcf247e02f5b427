package com.poolbrain.webhooks.web.component;

import java.util.Locale;

/// A small mark beside the name of an event.
///
/// @param icon empty for none
/// @param style class; empty for the usual look
public record TagView(String icon, String text, String style) {

  /// A test send.
  public static final TagView TEST = new TagView("", "test", "tag--test");

  /// The last attempt was a manual one.
  public static final TagView MANUAL = new TagView("user", "manual", "");

  /// A background job recovered or replayed it.
  public static final TagView REPLAY = new TagView("retrying", "replay", "");

  /// Several items in one envelope.
  public static TagView grouped(int items) {
    return new TagView("layers", String.format(Locale.ENGLISH, "×%,d grouped", items), "");
  }
}
