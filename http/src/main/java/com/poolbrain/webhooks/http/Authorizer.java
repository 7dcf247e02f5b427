package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which requests are allowed, by their head alone: the body is read only after that.
/// Routes without an [Access] are not asked about.
public interface Authorizer {

  /// The credentials of an `Authorization` header; null if it holds none of the right form.
  ///
  /// @param authorization null if the header is absent; empty if it was sent more than once
  @Nullable String credentials(@Nullable String authorization);

  /// The sender of these credentials if that is known without waiting; else null. Runs on an event
  /// loop and must not block.
  @Nullable Identity findCached(String credentials);

  /// The sender of these credentials; null if they are not valid. May block.
  @Nullable Identity find(String credentials);

  /// The problem of a request without valid credentials: status 401.
  ///
  /// @param authorization as for [#credentials]
  Problem unauthorized(@Nullable String authorization);

  /// Why the sender may not use a route; null if it may.
  @Nullable Problem check(Identity identity, Access access, Map<String, String> pathVariables);
}
