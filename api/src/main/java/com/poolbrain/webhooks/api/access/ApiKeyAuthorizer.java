package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.http.Access;
import com.poolbrain.webhooks.http.Authorizer;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Decided;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Known;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Pending;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Rejected;
import com.poolbrain.webhooks.http.Credentials;
import com.poolbrain.webhooks.http.Identity;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.share.ClientLimiter;
import com.poolbrain.webhooks.management.ManagementException;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Authorizes requests by the API key in the `Authorization` header.
///
/// Texts that can't be a key are rejected in memory. A key that may exist is looked up, which is
/// limited for each client unless the key was valid within the last minute.
public final class ApiKeyAuthorizer implements Authorizer {

  private static final String BEARER = "Bearer ";
  private static final int MAX_KEY_LENGTH = 256;

  /// A load that the database does not notice.
  private static final int LOOKUPS_PER_SECOND = 10;

  /// Enough for the first requests of many valid keys behind one address.
  private static final int LOOKUP_BURST = 100;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Decided UNKNOWN_KEY =
      unauthorized("This API key is unknown or was revoked.");

  private final Predicate<String> mayExist;
  private final ApiKeyCache cache;
  private final ClientLimiter limiter;

  /// @param mayExist whether a text can be a key; must not block
  /// @param lookup finds the principal of a key, or null; may block
  /// @param executor refreshes cached keys in the background
  public ApiKeyAuthorizer(
      Predicate<String> mayExist, Function<String, @Nullable Principal> lookup, Executor executor) {
    this(mayExist, lookup, executor, System::nanoTime);
  }

  ApiKeyAuthorizer(
      Predicate<String> mayExist,
      Function<String, @Nullable Principal> lookup,
      Executor executor,
      LongSupplier nanoTime) {
    this.mayExist = mayExist;
    this.cache = new ApiKeyCache(lookup, executor, nanoTime);
    this.limiter = new ClientLimiter(LOOKUPS_PER_SECOND, LOOKUP_BURST, nanoTime);
  }

  @Override
  public Authentication authenticate(Access access, Credentials credentials) {
    String authorization = credentials.authorization();
    if (authorization == null) {
      return unauthorized("Send an API key: 'Authorization: Bearer <key>'.");
    }
    String key = key(authorization);
    if (key == null) {
      return unauthorized("The Authorization header is not of the form 'Bearer <key>'.");
    }
    Principal cached = cache.findCached(key);
    if (cached != null) {
      return new Known(new ApiIdentity(cached));
    }
    if (!mayExist.test(key)) {
      return UNKNOWN_KEY;
    }
    if (cache.isKnown(key)) {
      Supplier<@Nullable Principal> lookUp = cache.prepareLookUp(key);
      return new Pending(() -> decide(lookUp.get()));
    }
    return authenticateUnknown(key, credentials.clientAddress());
  }

  private Authentication authenticateUnknown(String key, InetAddress client) {
    if (!limiter.tryAcquire(client)) {
      return new Rejected(
          Problem.tooManyRequests(
              "Too many unknown API keys came from this address. Use a valid key, and repeat the"
                  + " request later.",
              RETRY_AFTER));
    }
    Supplier<@Nullable Principal> lookUp = cache.prepareLookUp(key);
    return new Pending(() -> {
      boolean isUnknown = false;
      try {
        Principal found = lookUp.get();
        isUnknown = found == null;
        return decide(found);
      } finally {
        if (!isUnknown) { // a look-up that failed says nothing about the key
          limiter.refund(client);
        }
      }
    });
  }

  private static Decided decide(@Nullable Principal principal) {
    return principal == null ? UNKNOWN_KEY : new Known(new ApiIdentity(principal));
  }

  private static @Nullable String key(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = authorization.substring(BEARER.length()).strip();
    return key.isEmpty() || key.length() > MAX_KEY_LENGTH ? null : key;
  }

  private static Decided unauthorized(String detail) {
    return new Rejected(
        new Problem(
            ProblemType.UNAUTHORIZED,
            detail,
            List.of(),
            Map.of("WWW-Authenticate", "Bearer realm=\"poolbrain-webhooks\"")));
  }

  @Override
  public @Nullable Problem check(
      Identity identity, Access access, Map<String, String> pathVariables) {
    Principal principal = ((ApiIdentity) identity).principal();
    Operation operation = ((OperationAccess) access).operation();
    try {
      if (operation.isOfCompany()) {
        operation.require(principal, ApiRequests.parseCompanyId(pathVariables));
      } else {
        operation.require(principal);
      }
      return null;
    } catch (ManagementException notAllowed) {
      return ApiExceptionMapper.toProblem(notAllowed);
    }
  }
}
