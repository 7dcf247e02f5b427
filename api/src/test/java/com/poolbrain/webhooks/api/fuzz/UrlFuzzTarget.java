package com.poolbrain.webhooks.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.address.Host;
import com.poolbrain.webhooks.domain.address.UrlAuthority;
import com.poolbrain.webhooks.management.url.EndpointUrlValidator;
import java.net.URI;
import java.util.List;

/// Fuzz target: every text is accepted or refused as URL of an endpoint, and an accepted one has a
/// host that may be connected to.
public final class UrlFuzzTarget {

  private static final AddressGuard GUARD = new AddressGuard(List.of(), List.of());
  private static final EndpointUrlValidator VALIDATOR = new EndpointUrlValidator(GUARD, false);

  private UrlFuzzTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    Host ignored = Host.parse(text);
    check(text);
    check("https://" + text);
    check("https://" + ignored.text() + "/");
  }

  private static void check(String text) {
    if (VALIDATOR.findError(text) != null) {
      return;
    }
    URI url = URI.create(text);
    UrlAuthority authority = UrlAuthority.of(url);
    boolean isSafe =
        "https".equalsIgnoreCase(url.getScheme())
            && authority.userInfo() == null
            && authority.isReachable()
            && (!(authority.host() instanceof Host.Literal literal)
                || GUARD.allows(literal.address()));
    if (!isSafe) {
      throw new IllegalStateException("accepted: " + text);
    }
  }
}
