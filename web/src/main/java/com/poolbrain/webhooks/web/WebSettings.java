package com.poolbrain.webhooks.web;

import com.poolbrain.webhooks.domain.RetrySchedule;
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
/// @param schedule of retries
/// @param attemptTimeout of endpoints without one of their own
/// @param endpointConcurrency of endpoints without one of their own
/// @param randomTexts makes random texts that nobody can guess
public record WebSettings(
    String basePath,
    boolean isHttps,
    List<String> embedOrigins,
    boolean styleguide,
    Duration retention,
    RetrySchedule schedule,
    Duration attemptTimeout,
    int endpointConcurrency,
    Supplier<String> randomTexts) {

  public WebSettings {
    embedOrigins = List.copyOf(embedOrigins);
  }
}
