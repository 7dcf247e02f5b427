package com.poolbrain.webhooks.web.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The cookies of sessions. Each company has one of its own, so that one browser can be signed in
/// to several.
public final class SessionCookies {

  private static final String SUPPORT = "webhooks-support";
  private static final String SIGN_IN = "webhooks-sign-in";

  private static final Pattern OF_COMPANY =
      Pattern.compile("(?:__Host-)?webhooks-([1-9][0-9]{0,15})");

  private final boolean isHttps;
  private final boolean isEmbedded;

  /// @param isHttps whether browsers reach the page by https
  /// @param isEmbedded whether pages of other origins may embed the page
  public SessionCookies(boolean isHttps, boolean isEmbedded) {
    this.isHttps = isHttps;
    this.isEmbedded = isEmbedded;
  }

  /// The name of the cookie of a company.
  public String ofCompany(String companyId) {
    return prefixed("webhooks-" + companyId);
  }

  /// The name of the cookie of the support console.
  public String ofSupport() {
    return prefixed(SUPPORT);
  }

  /// The name of the cookie that ties the sign-in form to the browser.
  public String ofSignInForm() {
    return prefixed(SIGN_IN);
  }

  /// The pages that cookies belong to, by the names of the cookies.
  public Map<String, String> pagesOf(List<String> cookieNames) {
    Map<String, String> pages = new LinkedHashMap<>();
    for (String name : cookieNames) {
      Matcher company = OF_COMPANY.matcher(name);
      if (name.equals(ofSupport())) {
        pages.put(name, "/support");
      } else if (company.matches() && name.equals(ofCompany(company.group(1)))) {
        pages.put(name, "/companies/" + company.group(1) + "/webhooks");
      }
    }
    return pages;
  }

  /// The `Set-Cookie` header that stores a cookie.
  public String store(String name, String value, Duration lifetime) {
    String attributes =
        isEmbedded
            ? "SameSite=None; Secure; Partitioned"
            : "SameSite=Lax" + (isHttps ? "; Secure" : "");
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; %s"
        .formatted(name, value, lifetime.toSeconds(), attributes);
  }

  /// The `Set-Cookie` header that removes a cookie.
  public String remove(String name) {
    return store(name, "", Duration.ZERO);
  }

  private String prefixed(String name) {
    return isHttps ? "__Host-" + name : name;
  }
}
