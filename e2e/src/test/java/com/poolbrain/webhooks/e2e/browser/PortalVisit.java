package com.poolbrain.webhooks.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.util.ArrayList;
import java.util.List;

/// A browser profile that has opened the page of a company, and all that the browser complained
/// about.
final class PortalVisit implements AutoCloseable {

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private PortalVisit(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    // A violation of the Content-Security-Policy is an error of the console.
    page.onConsoleMessage(message -> {
      boolean
          isOfProtocol = // a page with status 4xx, or a check of a URL that a newer one replaced
          message.text().contains("status of 4") || message.text().startsWith("htmx:");
      if (message.type().equals("error") && !isOfProtocol) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
  }

  static PortalVisit open(
      Browsers browsers, Browser.NewContextOptions options, TestCompany company, String role) {
    var visit = new PortalVisit(browsers.open(options));
    visit.page.navigate(
        company
            .api()
            .post(
                company.path() + "/portal-links",
                "{\"role\": \"%s\", \"user\": \"Dana Ortiz\"}".formatted(role))
            .expect(201)
            .path("url")
            .asString());
    return visit;
  }

  Page page() {
    return page;
  }

  /// Errors of scripts, and violations of the Content-Security-Policy.
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
  }
}
