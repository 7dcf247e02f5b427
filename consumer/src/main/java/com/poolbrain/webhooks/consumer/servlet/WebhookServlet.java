package com.poolbrain.webhooks.consumer.servlet;

import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.RequestHeaders;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.function.Consumer;

/// Answers POST requests with a receiver. Other methods are answered with 405.
///
/// ```java
/// context.addServlet("webhooks", new WebhookServlet(receiver)).addMapping("/webhooks");
/// ```
///
/// Nothing may read the body before it: no filter that calls `getParameter()`, which empties a
/// form, and none that parses JSON.
@SuppressWarnings("exports") // who uses it has the module of the servlet API; others need not
public final class WebhookServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient WebhookReceiver receiver;
  private final transient Consumer<Reply> onReply;

  /// A servlet for one endpoint.
  public WebhookServlet(WebhookReceiver receiver) {
    this(receiver, reply -> {});
  }

  /// A servlet for one endpoint whose replies are counted.
  ///
  /// @param onReply called with each reply before it is sent
  public WebhookServlet(WebhookReceiver receiver, Consumer<Reply> onReply) {
    this.receiver = receiver;
    this.onReply = onReply;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("POST")) {
      doPost(request, response);
    } else {
      response.setHeader("Allow", "POST");
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(receiver.maxBodyBytes() + 1);
    Reply reply = receiver.receive(body, headersOf(request));
    onReply.accept(reply);
    byte[] text = reply.message().getBytes(StandardCharsets.UTF_8);
    response.setStatus(reply.status());
    response.setContentType("text/plain");
    response.setCharacterEncoding("utf-8");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }

  /// Several values of a header come as one, so that a signature behind another is found.
  private static RequestHeaders headersOf(HttpServletRequest request) {
    return name ->
        request.getHeader(name) == null
            ? null
            : String.join(",", Collections.list(request.getHeaders(name)));
  }
}
