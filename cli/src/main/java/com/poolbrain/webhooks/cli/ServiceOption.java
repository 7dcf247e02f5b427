package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.domain.address.UrlAuthority;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// Options for the service to call: its URL and an API key.
final class ServiceOption {

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:WEBHOOKS_URL:-" + ApiClient.DEFAULT_URL + "}",
      description = "URL of the service (default: WEBHOOKS_URL, or " + ApiClient.DEFAULT_URL + ").",
      showDefaultValue = Visibility.NEVER)
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:WEBHOOKS_KEY:-${env:WEBHOOKS_ADMIN_KEY:-}}",
      showDefaultValue = Visibility.NEVER,
      description = "API key (default: WEBHOOKS_KEY, or WEBHOOKS_ADMIN_KEY).")
  private String key = "";

  ApiClient createClient() {
    if (key.isBlank()) {
      throw CommandException.usageError("give an API key in WEBHOOKS_KEY or with --key.");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw CommandException.usageError("the API key contains invalid characters: copy it again.");
    }
    try {
      URI baseUrl = new URI(url);
      boolean isHttp = "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme());
      UrlAuthority authority = UrlAuthority.of(baseUrl);
      if (authority.userInfo() != null) {
        throw CommandException.usageError(
            "--url has a user or password, which the service does not use: leave them out.");
      }
      if (isHttp && baseUrl.getHost() != null) {
        return new ApiClient(baseUrl, key);
      }
      if (isHttp && authority.isReachable()) {
        throw CommandException.usageError(
            "--url has a host name that Java can't connect to, because of an underscore or a number at its end: use another name of the service, or its address.");
      }
    } catch (URISyntaxException e) {
      throw CommandException.usageError(
          "--url is not a URL (" + e.getReason() + "): write it as http://host:port.");
    }
    throw CommandException.usageError(
        "--url is not a URL of a service: write it as http://host:port.");
  }
}
