package com.poolbrain.webhooks.http;

import org.jspecify.annotations.Nullable;

/// A handler for one method on one path.
///
/// @param path with variables in braces: `/api/v1/companies/{company_id}`
/// @param access what the sender must be allowed to do; null if no credentials are needed
public record Route(String method, String path, @Nullable Access access, Handler handler) {

  /// A `GET` route, which answers `HEAD` too.
  public static Route get(String path, @Nullable Access access, Handler.Blocking handler) {
    return new Route("GET", path, access, handler);
  }

  /// A `POST` route.
  public static Route post(String path, @Nullable Access access, Handler.Blocking handler) {
    return new Route("POST", path, access, handler);
  }

  /// A `PUT` route.
  public static Route put(String path, @Nullable Access access, Handler.Blocking handler) {
    return new Route("PUT", path, access, handler);
  }

  /// A `PATCH` route.
  public static Route patch(String path, @Nullable Access access, Handler.Blocking handler) {
    return new Route("PATCH", path, access, handler);
  }

  /// A `DELETE` route.
  public static Route delete(String path, @Nullable Access access, Handler.Blocking handler) {
    return new Route("DELETE", path, access, handler);
  }

  /// A `POST` route whose handler does not block.
  public static Route asyncPost(String path, @Nullable Access access, Handler.Async handler) {
    return new Route("POST", path, access, handler);
  }
}
