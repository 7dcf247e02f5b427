package com.poolbrain.webhooks.http;

import org.jspecify.annotations.Nullable;

/// A handler for one method on one path.
///
/// @param path with variables in braces: `/api/v1/companies/{company_id}`
/// @param access what the sender must be allowed to do; null if no credentials are needed
/// @param bodyFormat of the bodies that it accepts
public record HttpRoute(
    String method, String path, @Nullable Access access, Handler handler, BodyFormat bodyFormat) {

  /// The media type of bodies.
  public enum BodyFormat {
    /// `application/json` in UTF-8.
    JSON,
    /// `application/x-www-form-urlencoded`, as browsers send forms.
    FORM,
    /// `application/x-www-form-urlencoded` or `multipart/form-data`. The fields are not read.
    ANY_FORM
  }

  private HttpRoute(String method, String path, @Nullable Access access, Handler handler) {
    this(method, path, access, handler, BodyFormat.JSON);
  }

  /// A `GET` route, which answers `HEAD` too.
  public static HttpRoute get(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("GET", path, access, handler);
  }

  /// A `POST` route.
  public static HttpRoute post(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("POST", path, access, handler);
  }

  /// A `POST` route for the form of a page.
  public static HttpRoute form(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("POST", path, access, handler, BodyFormat.FORM);
  }

  /// A `POST` route for a form of one button, in each format that programs send.
  public static HttpRoute anyForm(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("POST", path, access, handler, BodyFormat.ANY_FORM);
  }

  /// A `PUT` route.
  public static HttpRoute put(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("PUT", path, access, handler);
  }

  /// A `PATCH` route.
  public static HttpRoute patch(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("PATCH", path, access, handler);
  }

  /// A `DELETE` route.
  public static HttpRoute delete(String path, @Nullable Access access, Handler.Blocking handler) {
    return new HttpRoute("DELETE", path, access, handler);
  }

  /// A `GET` route whose handler does not block.
  public static HttpRoute asyncGet(String path, @Nullable Access access, Handler.Async handler) {
    return new HttpRoute("GET", path, access, handler);
  }

  /// A `POST` route whose handler does not block.
  public static HttpRoute asyncPost(String path, @Nullable Access access, Handler.Async handler) {
    return new HttpRoute("POST", path, access, handler);
  }
}
