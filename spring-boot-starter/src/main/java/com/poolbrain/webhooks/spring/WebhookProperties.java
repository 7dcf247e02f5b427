package com.poolbrain.webhooks.spring;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings below `poolbrain.webhooks`.
///
/// @param secret secret of the endpoint, as its settings in Pool Brain show it
/// @param secrets more secrets, such as the next one while the secret is rolled; empty ones are
///   ignored
/// @param path path of the endpoint in this application, below its context path
@ConfigurationProperties("poolbrain.webhooks")
public record WebhookProperties(
    @Nullable String secret,
    @DefaultValue List<String> secrets,
    @DefaultValue("/webhooks/poolbrain") String path) {

  /// All secrets that are not empty.
  ///
  /// @throws WebhookConfigurationException if there is none
  List<String> configuredSecrets() {
    List<String> configured =
        Stream.concat(Stream.ofNullable(secret), secrets.stream())
            .filter(each -> !each.isBlank())
            .toList();
    if (configured.isEmpty()) {
      throw new WebhookConfigurationException(
          "Webhooks can't be verified, because poolbrain.webhooks.secret is not set.",
          "Set poolbrain.webhooks.secret to the secret that the settings of the endpoint in Pool"
              + " Brain show, for example with the environment variable POOLBRAIN_WEBHOOKS_SECRET.");
    }
    return configured;
  }

  /// The path, which must be one path and not a pattern.
  ///
  /// @throws WebhookConfigurationException if it is not
  String checkedPath() {
    if (!path.startsWith("/") || path.length() == 1 || path.matches(".*[*?#;\\s].*")) {
      throw new WebhookConfigurationException(
          "poolbrain.webhooks.path is \"" + path + "\", which is not the path of an endpoint.",
          "Set poolbrain.webhooks.path to one path without wildcards, such as /webhooks/poolbrain.");
    }
    return path;
  }

  /// A text without the secrets.
  @Override
  public String toString() {
    return "WebhookProperties[path=" + path + "]";
  }
}
