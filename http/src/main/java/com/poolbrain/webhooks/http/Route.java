package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.management.Scope;
import org.jspecify.annotations.Nullable;

/// What is done for one method on one path.
///
/// @param path with variables in braces: `/api/v1/companies/{company_id}`
/// @param scope that the key needs; null if no key is needed
/// @param allowsCompanyKeys whether keys that are bound to a company may call it although the path
///   names none
/// @param handler blocking or prompt
public record Route(
    String method,
    String path,
    @Nullable Scope scope,
    boolean allowsCompanyKeys,
    RouteHandler handler) {

  /// The two ways to answer.
  public sealed interface RouteHandler {
    /// On a virtual thread.
    record Blocking(Handler handler) implements RouteHandler {}

    /// On the event loop, if the request is small.
    record Async(AsyncHandler handler) implements RouteHandler {}
  }

  /// A `GET`, which answers `HEAD` too.
  public static Route get(String path, @Nullable Scope scope, Handler handler) {
    return blocking("GET", path, scope, handler);
  }

  /// A `POST`.
  public static Route post(String path, @Nullable Scope scope, Handler handler) {
    return blocking("POST", path, scope, handler);
  }

  /// A `PUT`.
  public static Route put(String path, @Nullable Scope scope, Handler handler) {
    return blocking("PUT", path, scope, handler);
  }

  /// A `PATCH`.
  public static Route patch(String path, @Nullable Scope scope, Handler handler) {
    return blocking("PATCH", path, scope, handler);
  }

  /// A `DELETE`.
  public static Route delete(String path, @Nullable Scope scope, Handler handler) {
    return blocking("DELETE", path, scope, handler);
  }

  /// A `POST` that is answered without blocking.
  public static Route asyncPost(String path, Scope scope, AsyncHandler handler) {
    return new Route("POST", path, scope, false, new RouteHandler.Async(handler));
  }

  /// The same for keys that are bound to a company: the handler looks at the caller itself.
  public Route withCompanyKeysAllowed() {
    return new Route(method, path, scope, true, handler);
  }

  private static Route blocking(
      String method, String path, @Nullable Scope scope, Handler handler) {
    return new Route(method, path, scope, false, new RouteHandler.Blocking(handler));
  }

  boolean hasCompanyInPath() {
    return path.contains("{" + Request.COMPANY_ID + "}");
  }
}
