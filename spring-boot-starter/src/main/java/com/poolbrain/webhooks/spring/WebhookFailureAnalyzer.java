package com.poolbrain.webhooks.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains a [WebhookConfigurationException] at the start of an application.
final class WebhookFailureAnalyzer extends AbstractFailureAnalyzer<WebhookConfigurationException> {

  WebhookFailureAnalyzer() {}

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WebhookConfigurationException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
