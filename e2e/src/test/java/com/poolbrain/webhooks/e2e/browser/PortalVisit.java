package com.poolbrain.webhooks.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/// A browser profile that has opened the page of a company. Closing it fails if the browser
/// complained about anything: an error of a script, or a violation of the Content-Security-Policy.
///
/// ```java
/// try (PortalVisit visit = PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager")) {
///   visit.link("Add endpoint").click();
///   …
/// }
/// ```
final class PortalVisit implements AutoCloseable {

  private static final String REPORT_VIOLATIONS =
      """
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI}`));
      """;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private PortalVisit(BrowserContext context) {
    this.context = context;
    context.addInitScript(REPORT_VIOLATIONS);
    context.onConsoleMessage(this::hear);
    context.onWebError(error -> complaints.add(error.error()));
    this.page = context.newPage();
  }

  private void hear(ConsoleMessage message) {
    String text = message.text();
    // A page with status 4xx, or a check of a URL that a newer one replaced.
    boolean isOfProtocol = text.contains("status of 4") || text.startsWith("htmx:");
    if (message.type().equals("error") && !isOfProtocol) {
      complaints.add(text);
    }
  }

  /// A browser profile that has opened nothing yet.
  static PortalVisit open(Browsers browsers, Browser.NewContextOptions options) {
    return new PortalVisit(browsers.open(options));
  }

  static PortalVisit open(
      Browsers browsers, Browser.NewContextOptions options, TestCompany company, String role) {
    PortalVisit visit = open(browsers, options);
    visit.enter(company, role);
    return visit;
  }

  /// Opens the page of a company with a link of its own.
  void enter(TestCompany company, String role) {
    enter(company, role, "Dana Ortiz");
  }

  /// Opens the page of a company as a user of this name.
  void enter(TestCompany company, String role, String user) {
    page.navigate(link(company, role, user));
  }

  /// A link that opens the page of a company once.
  static String link(TestCompany company, String role, String user) {
    String json = JsonMapper.shared().writeValueAsString(Map.of("role", role, "user", user));
    return company
        .api()
        .post(company.path() + "/portal-links", json)
        .expect(201)
        .path("url")
        .asString();
  }

  /// Signs in to the support console with a new key.
  void signInAtSupport(URI url, ServiceClient api) {
    page.navigate(url + "/support");
    page.getByLabel("API key")
        .fill(
            api.post("/keys", "{\"name\": \"Support desk\", \"scopes\": [\"operator\"]}")
                .expect(201)
                .path("key")
                .asString());
    button("Sign in").click();
  }

  Page page() {
    return page;
  }

  /// The only button of this accessible name.
  Locator button(String name) {
    return byRole(AriaRole.BUTTON, name);
  }

  /// The only link of this accessible name.
  Locator link(String name) {
    return byRole(AriaRole.LINK, name);
  }

  /// The only control of this role and accessible name.
  Locator byRole(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The only element with exactly this label.
  Locator labelled(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /// What the last form did.
  Locator toast() {
    return page.locator("[data-toast]");
  }

  /// Errors of scripts, and violations of the Content-Security-Policy.
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("complaints of the browser").isEmpty();
  }
}
