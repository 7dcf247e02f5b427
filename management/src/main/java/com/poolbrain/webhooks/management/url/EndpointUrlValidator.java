package com.poolbrain.webhooks.management.url;

import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.address.Host;
import com.poolbrain.webhooks.domain.address.UrlAuthority;
import com.poolbrain.webhooks.management.EndpointLimits;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules for URLs of endpoints, each with its sentence. A URL that can never be delivered to
/// breaks one.
public final class EndpointUrlValidator {

  private static final String EXAMPLE = "; write a URL such as https://api.example.com/webhooks.";

  private static final String NOT_IPV6 =
      "What stands in brackets is not an IPv6 address; write it such as [2600::1], without a zone and"
          + " without leading zeros in an IPv4 part.";

  private final AddressGuard addressGuard;
  private final boolean allowHttp;

  /// @param allowHttp whether plain HTTP to loopback addresses is allowed, for development
  public EndpointUrlValidator(AddressGuard addressGuard, boolean allowHttp) {
    this.addressGuard = addressGuard;
    this.allowHttp = allowHttp;
  }

  /// The rule that a URL breaks; null if it is valid.
  public @Nullable String findError(String text) {
    if (text.length() > EndpointLimits.MAX_URL_LENGTH) {
      return "Must have at most " + EndpointLimits.MAX_URL_LENGTH + " characters.";
    }
    String spellingError = UrlSpelling.findError(text);
    if (spellingError != null) {
      return spellingError;
    }
    String lowerCase = text.toLowerCase(Locale.ROOT);
    boolean isHttp = lowerCase.startsWith("http:");
    if (!isHttp && !lowerCase.startsWith("https:")) {
      return "Must begin with https://.";
    }
    if (isHttp && !allowHttp) {
      return "Must begin with https://; plain HTTP is not allowed.";
    }
    try {
      return findError(new URI(text), isHttp);
    } catch (URISyntaxException malformed) {
      return text.startsWith("://[", text.indexOf(':')) ? NOT_IPV6 : describe(malformed);
    }
  }

  private @Nullable String findError(URI url, boolean isHttp) {
    if (url.getRawAuthority() == null) {
      return "Has no host after " + url.getScheme() + "://" + EXAMPLE;
    }
    if (url.getRawFragment() != null) {
      return "Must not have a fragment (#…), which is never sent; write a # of the path as %23.";
    }
    UrlAuthority authority = UrlAuthority.of(url);
    if (authority.userInfo() != null) {
      return "Must not contain a user name or password; requests are authenticated by their"
          + " signature.";
    }
    if (authority.portText().indexOf(':') >= 0) {
      return "Has more than one colon after the host; write an IPv6 address in brackets, such as"
          + " https://[2600::1]:8443/.";
    }
    int port = authority.port(1);
    if (port < 1 || port > UrlAuthority.MAX_PORT) {
      return "The port after the host must be a number from 1 to " + UrlAuthority.MAX_PORT + ".";
    }
    return isHttp ? findHttpError(authority.host()) : findHostError(authority.host());
  }

  private @Nullable String findHttpError(Host host) {
    boolean isLoopback =
        switch (host) {
          case Host.Name(String name) -> name.equals("localhost");
          case Host.Literal(_, InetAddress address) -> address.isLoopbackAddress();
          case Host.Ambiguous _, Host.Invalid _ -> false;
        };
    return isLoopback
        ? findHostError(host)
        : "Plain HTTP is allowed for localhost only; begin with https://.";
  }

  private @Nullable String findHostError(Host host) {
    return switch (host) {
      case Host.Name _ -> null;
      case Host.Literal(String text, InetAddress address) ->
          describe(text, addressGuard.findRefusal(address));
      case Host.Ambiguous(String text) ->
          text.startsWith("[")
              ? NOT_IPV6
              : "The host ends in a number, so some systems read it as an address and others as a"
                  + " name; write an address as four decimal numbers without leading zeros.";
      case Host.Invalid(_, Host.Defect defect) -> describe(defect);
    };
  }

  private static @Nullable String describe(String address, @Nullable String refusal) {
    return refusal == null
        ? null
        : "Nothing is ever sent to the address %s, which is %s; use a public address or a host name."
            .formatted(address, refusal);
  }

  private static String describe(Host.Defect defect) {
    return switch (defect) {
      case EMPTY -> "Has no host name" + EXAMPLE;
      case EMPTY_LABEL -> "The host name has a dot too many; remove it.";
      case LABEL_TOO_LONG ->
          "The host name has more than %d characters between two dots, which DNS does not allow."
              .formatted(Host.MAX_LABEL_LENGTH);
      case NAME_TOO_LONG ->
          "The host name has more than %d characters, which DNS does not allow."
              .formatted(Host.MAX_NAME_LENGTH);
      case FORBIDDEN_CHARACTER ->
          "The host name may have letters, digits, hyphens, underscores and dots only; write it as"
              + " in DNS.";
    };
  }

  private static String describe(URISyntaxException malformed) {
    return malformed.getReason().startsWith("Expected authority")
        ? "Has no host" + EXAMPLE
        : "Is not spelled as a URL at character %d; percent-encode what stands there."
            .formatted(malformed.getIndex() + 1);
  }
}
