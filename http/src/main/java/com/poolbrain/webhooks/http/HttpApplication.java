package com.poolbrain.webhooks.http;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/// What an [HttpService] serves.
///
/// @param exceptionMapper for what handlers and the authorizer throw
/// @param problemRenderer makes the responses to rejected requests
/// @param trustedProxies the proxies whose `X-Forwarded-For` names the client
public record HttpApplication(
    List<HttpRoute> routes,
    Authorizer authorizer,
    ExceptionMapper exceptionMapper,
    ProblemRenderer problemRenderer,
    Predicate<InetAddress> trustedProxies) {

  public HttpApplication {
    routes = List.copyOf(routes);
  }

  /// An application without a proxy in front of it.
  public HttpApplication(
      List<HttpRoute> routes, Authorizer authorizer, ExceptionMapper exceptionMapper) {
    this(routes, authorizer, exceptionMapper, ProblemRenderer.JSON, _ -> false);
  }
}
