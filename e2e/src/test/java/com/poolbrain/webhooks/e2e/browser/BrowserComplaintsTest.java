package com.poolbrain.webhooks.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stories fail if the browser complains about a page, and the policy of the pages blocks what
/// hostile text could do if it were not shown as text.
class BrowserComplaintsTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')",
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"stolen = 1\">')",
        "document.body.append(Object.assign(document.createElement('script'), {text: 'stolen = 1'}))",
        "document.body.append(Object.assign(new Image(), {src: 'https://127.0.0.1:1/x'}))",
        "setTimeout(() => { throw new Error('broken script') })"
      })
  void visit_fails_after_a_violation_or_an_error(String script) {
    TestCompany company = SERVICE.createCompany();
    PortalVisit visit =
        PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "viewer");
    visit.page().evaluate("() => { " + script + " }");
    visit.page().waitForCondition(() -> !visit.complaints().isEmpty());
    List<String> heard = List.copyOf(visit.complaints());
    AssertionError failure = null;
    try {
      visit.close();
    } catch (AssertionError expected) {
      failure = expected;
    }
    assertThat(failure).isNotNull().hasMessageContaining(heard.getFirst());
  }
}
