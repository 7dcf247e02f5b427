package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.Api;
import com.poolbrain.webhooks.cli.terminal.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Option;

/// Which service to talk to, and who is asking.
final class ServiceOption {

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = Api.DEFAULT_URL,
      description = "Where the service listens (default: ${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:WEBHOOKS_ADMIN_KEY:-}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "An API key; the one in WEBHOOKS_ADMIN_KEY unless given.")
  private String key = "";

  Api open() {
    if (key.isBlank()) {
      throw Failure.usage("give an API key with --key or in WEBHOOKS_ADMIN_KEY.");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw Failure.usage("the API key contains characters that no key has; copy it again.");
    }
    try {
      URI service = new URI(url);
      boolean isHttp = "http".equals(service.getScheme()) || "https".equals(service.getScheme());
      if (isHttp && service.getHost() != null) {
        return new Api(service, key);
      }
    } catch (URISyntaxException e) {
      throw Failure.usage(
          "--url is no URL (" + e.getMessage() + "); write it as http://host:port.");
    }
    throw Failure.usage("--url is no URL of a service; write it as http://host:port.");
  }
}
