package com.poolbrain.webhooks.consumer.test.spring;

import com.poolbrain.webhooks.consumer.test.TestWebhook;
import jakarta.servlet.ServletContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.RequestBuilder;

/// A webhook as a request of MockMvc. Needs `spring-test`, which the tests of a Spring Boot
/// application have.
///
/// ```java
/// mockMvc.perform(WebhookRequest.post("/webhooks/poolbrain", kit.signed(Samples.customerCreated())))
///     .andExpect(status().isOk());
/// ```
@SuppressWarnings("exports") // who uses it has the modules of Spring; others need not
public final class WebhookRequest implements RequestBuilder {

  private final String path;
  private final TestWebhook webhook;

  private WebhookRequest(String path, TestWebhook webhook) {
    this.path = path;
    this.webhook = webhook;
  }

  /// A webhook that is sent to a path of the application.
  ///
  /// @param path path with the context path, if there is one
  public static WebhookRequest post(String path, TestWebhook webhook) {
    return new WebhookRequest(path, webhook);
  }

  @Override
  public MockHttpServletRequest buildRequest(ServletContext servletContext) {
    var request = new MockHttpServletRequest(servletContext, "POST", path);
    request.setPathInfo(path);
    request.setContent(webhook.body());
    webhook.headers().forEach(request::addHeader);
    return request;
  }
}
