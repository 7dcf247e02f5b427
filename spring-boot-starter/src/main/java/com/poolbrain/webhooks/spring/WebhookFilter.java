package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.consumer.servlet.WebhookServlet;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/// The endpoint for webhooks. It is a filter, so that it comes before everything that could read
/// the body, and before the protection against forged requests of browsers, which asks for a token
/// that a webhook does not have. A webhook is authenticated by its signature.
final class WebhookFilter implements Filter {

  private final WebhookServlet servlet;

  WebhookFilter(WebhookServlet servlet) {
    this.servlet = servlet;
  }

  /// Answers the request; nothing of the chain is called.
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    servlet.service(request, response);
  }
}
