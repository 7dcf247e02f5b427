package com.poolbrain.webhooks.bench.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sessions of the settings pages of companies, and of the support console.
public final class PageSessions {

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");
  private static final long SUPPORT = 0;

  private final ServiceUnderTest service;
  private final ServiceClient browser;
  private final Map<Long, String> cookies = new HashMap<>();

  public PageSessions(ServiceUnderTest service) {
    this.service = service;
    browser = service.client().withKey("");
  }

  /// Opens a portal link of a company as manager.
  public void open(long company) {
    String path = "/companies/" + company + "/portal-links";
    String body = "{\"role\":\"manager\",\"user\":\"bench\"}";
    String link =
        ApiSetup.requireSuccess(path, service.client().post(path, body)).path("url").stringValue();
    cookies.put(company, cookie(browser.getFromRoot(URI.create(link).getPath())));
  }

  /// Signs in to the support console.
  void signInAtSupport() {
    ApiResponse form = browser.getFromRoot("/support");
    Matcher csrf = CSRF.matcher(form.body());
    if (!csrf.find()) {
      throw new IllegalStateException("The sign-in form of /support has no token.");
    }
    String key = new ApiSetup(service).createOperatorKey();
    String fields = "csrf=" + csrf.group(1) + "&key=" + URLEncoder.encode(key, UTF_8);
    cookies.put(
        SUPPORT, cookie(browser.postForm("/support/sign-in", fields, "Cookie", cookie(form))));
  }

  /// Name and value of the cookie that a response sets.
  private static String cookie(ApiResponse response) {
    return response.header("Set-Cookie").replaceFirst(";.*", "");
  }

  /// Gets a page of a company.
  ///
  /// @param path below the first page of the company
  public ApiResponse get(long company, String path) {
    return browser.getFromRoot(
        "/companies/" + company + "/webhooks" + path, "Cookie", cookieOf(company));
  }

  /// Gets the support console with a query.
  ApiResponse getSupport(String query) {
    return browser.getFromRoot("/support" + query, "Cookie", cookieOf(SUPPORT));
  }

  private String cookieOf(long company) {
    return Objects.requireNonNull(cookies.get(company), "no session");
  }
}
