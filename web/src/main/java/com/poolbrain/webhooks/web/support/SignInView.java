package com.poolbrain.webhooks.web.support;

import com.poolbrain.webhooks.web.page.Site;
import org.jspecify.annotations.Nullable;

/// The form in which operators sign in.
///
/// @param csrfToken ties the form to the browser
/// @param error why the last try failed; null if there was none
public record SignInView(Site site, String csrfToken, @Nullable String error) {

  @Override
  public String toString() {
    return "SignInView[hidden]";
  }
}
