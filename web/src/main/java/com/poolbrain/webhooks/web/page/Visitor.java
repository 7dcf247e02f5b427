package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.domain.session.Role;
import java.util.Locale;

/// The user who looks at a page.
///
/// @param csrfToken for all forms of the page
public record Visitor(String name, Role role, String csrfToken) {

  /// Whether the user may change something.
  public boolean mayChange() {
    return role != Role.VIEWER;
  }

  /// Up to two letters for the menu of the user.
  public String initials() {
    StringBuilder initials = new StringBuilder();
    for (String word : name.split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty() && initials.length() < 2) {
        initials.appendCodePoint(word.codePointAt(0));
      }
    }
    return initials.toString().toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "Visitor[" + name + ", " + role + "]";
  }
}
