package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Option;

/// Which service to talk to, and who is asking.
final class ServiceOption {

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = ApiClient.DEFAULT_URL,
      description = "Where the service listens (default: ${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:WEBHOOKS_ADMIN_KEY:-}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "An API key; the one in WEBHOOKS_ADMIN_KEY unless given.")
  private String key = "";

  ApiClient createClient() {
    if (key.isBlank()) {
      throw CommandException.usageError("give an API key with --key or in WEBHOOKS_ADMIN_KEY.");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw CommandException.usageError(
          "the API key contains characters that no key has; copy it again.");
    }
    try {
      URI baseUrl = new URI(url);
      boolean isHttp = "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme());
      if (isHttp && baseUrl.getHost() != null) {
        return new ApiClient(baseUrl, key);
      }
    } catch (URISyntaxException e) {
      throw CommandException.usageError(
          "--url is no URL (" + e.getMessage() + "); write it as http://host:port.");
    }
    throw CommandException.usageError(
        "--url is no URL of a service; write it as http://host:port.");
  }
}
