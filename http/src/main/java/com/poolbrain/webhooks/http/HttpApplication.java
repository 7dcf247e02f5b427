package com.poolbrain.webhooks.http;

import java.util.List;

/// What an [HttpService] serves.
///
/// @param exceptionMapper for what handlers and the authorizer throw
public record HttpApplication(
    List<HttpRoute> routes, Authorizer authorizer, ExceptionMapper exceptionMapper) {

  public HttpApplication {
    routes = List.copyOf(routes);
  }
}
