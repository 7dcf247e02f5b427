package com.poolbrain.webhooks.e2e.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Looks for violations of accessibility rules. The script of axe is put into a page once, however
/// often it is looked at: `AxeBuilder` does so each time, and opens a page of its own for its
/// report.
final class Axe {

  private static final String SCRIPT = readScript();

  private static final String FIND =
      """
      async () => (await axe.run({resultTypes: ['violations']})).violations.map((rule) =>
        rule.id + ': ' + rule.nodes.slice(0, 3).map((node) => node.html).join(' '))
      """;

  private Axe() {}

  private static String readScript() {
    try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Each rule that the page violates, with the first elements.
  @SuppressWarnings("unchecked") // the script returns texts
  static List<String> findings(Page page) {
    if (page.evaluate("typeof axe === 'undefined'").equals(true)) {
      page.evaluate(SCRIPT);
    }
    return (List<String>) page.evaluate(FIND);
  }
}
