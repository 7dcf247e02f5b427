package com.poolbrain.webhooks.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// The settings of the page.
///
/// @param basePath the path of the public URL, without a slash at the end; empty if it has none
/// @param isHttps whether browsers reach the page by https
/// @param embedOrigins origins whose pages may embed the page
/// @param styleguide whether the components are shown at `/styleguide`
/// @param retention how long events are kept
/// @param randomTexts makes random texts that nobody can guess
public record WebSettings(
    String basePath,
    boolean isHttps,
    List<String> embedOrigins,
    boolean styleguide,
    Duration retention,
    Supplier<String> randomTexts) {

  public WebSettings {
    embedOrigins = List.copyOf(embedOrigins);
  }
}
