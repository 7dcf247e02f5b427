package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides which requests are allowed, by their head alone: the body is read only after that.
/// Routes without an [Access] are not asked about.
public interface Authorizer {

  /// Who sent a request, as far as its credentials say.
  sealed interface Authentication {

    /// A decision.
    sealed interface Decided extends Authentication {}

    /// The credentials are those of a sender.
    record Known(Identity identity) implements Decided {}

    /// The credentials are missing, not valid, or not looked up.
    record Rejected(Problem problem) implements Decided {}

    /// The credentials must be looked up.
    ///
    /// @param lookUp may block
    record Pending(Supplier<Decided> lookUp) implements Authentication {}
  }

  /// Finds the sender of a request. Runs on an event loop and must not block.
  ///
  /// @param access what the route demands, which also says by what kind of credentials
  Authentication authenticate(Access access, Credentials credentials);

  /// Why the sender may not use a route; null if it may.
  @Nullable Problem check(Identity identity, Access access, Map<String, String> pathVariables);
}
