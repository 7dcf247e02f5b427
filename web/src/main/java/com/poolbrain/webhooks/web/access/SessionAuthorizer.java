package com.poolbrain.webhooks.web.access;

import com.poolbrain.webhooks.domain.Company;
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
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.session.SessionManagement.SignedIn;
import com.poolbrain.webhooks.web.access.SessionAccess.OfCompany;
import com.poolbrain.webhooks.web.access.SessionAccess.OfSupport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Authorizes requests of pages by the cookies of sessions. Each request looks its session up, so
/// that an ended one is refused at once.
public final class SessionAuthorizer implements Authorizer {

  private static final int LOOKUPS_PER_SECOND = 10;
  private static final int LOOKUP_BURST = 100;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Problem NOT_SIGNED_IN =
      Problem.of(
          ProblemType.FORBIDDEN,
          "You are not signed in here, or your session has ended. Open the Webhooks settings in"
              + " Pool Brain again: that signs you in.");

  private static final Problem NO_OPERATOR =
      Problem.of(
          ProblemType.FORBIDDEN,
          "You are not signed in to the support console, or your session has ended. Sign in at"
              + " /support.");

  private final Function<String, @Nullable SignedIn> lookup;
  private final SessionCookies cookies;
  private final ClientLimiter limiter;

  /// @param lookup finds the session of a token; may block
  public SessionAuthorizer(
      Function<String, @Nullable SignedIn> lookup, SessionCookies cookies, LongSupplier nanoTime) {
    this.lookup = lookup;
    this.cookies = cookies;
    this.limiter = new ClientLimiter(LOOKUPS_PER_SECOND, LOOKUP_BURST, nanoTime);
  }

  @Override
  public Authentication authenticate(Access access, Credentials credentials) {
    return switch ((SessionAccess) access) {
      case OfCompany(_, boolean isForm) ->
          authenticate(
              cookies.ofCompany(
                  Objects.requireNonNull(credentials.pathVariables().get("company_id"))),
              credentials,
              new Rejected(NOT_SIGNED_IN),
              isForm ? new Known(new EndedSession(NOT_SIGNED_IN)) : new Rejected(NOT_SIGNED_IN));
      case OfSupport _ ->
          authenticate(
              cookies.ofSupport(),
              credentials,
              new Rejected(NO_OPERATOR),
              new Rejected(NO_OPERATOR));
    };
  }

  /// @param withoutCookie the decision about a browser that has no session
  /// @param ofEnded the decision about one whose session is not known, or not any more
  private Authentication authenticate(
      String cookieName, Credentials credentials, Rejected withoutCookie, Decided ofEnded) {
    String token = credentials.cookie(cookieName);
    if (token == null || token.isEmpty()) {
      return withoutCookie;
    }
    InetAddress client = credentials.clientAddress();
    if (!limiter.tryAcquire(client)) {
      return new Rejected(
          Problem.tooManyRequests(
              "Too many unknown sessions came from this address; try again in a moment.",
              RETRY_AFTER));
    }
    return new Pending(() -> decide(token, client, ofEnded));
  }

  /// The session of a token; null if there is none, or the client has tried too many. May block.
  public @Nullable SignedIn find(String token, InetAddress client) {
    SignedIn found = mayTry(client) ? lookup.apply(token) : null;
    if (found != null) {
      forgetTry(client);
    }
    return found;
  }

  /// Counts a try with a token that is not known yet; false if the client has none left.
  public boolean mayTry(InetAddress client) {
    return limiter.tryAcquire(client);
  }

  /// Takes back a try, because the token is known.
  public void forgetTry(InetAddress client) {
    limiter.refund(client);
  }

  private Decided decide(String token, InetAddress client, Decided ofEnded) {
    boolean isUnknown = false;
    try {
      SignedIn found = lookup.apply(token);
      isUnknown = found == null;
      return found == null ? ofEnded : new Known(new SessionIdentity(found, CsrfToken.of(token)));
    } finally {
      if (!isUnknown) { // a look-up that failed says nothing about the session
        limiter.refund(client);
      }
    }
  }

  @Override
  public @Nullable Problem check(
      Identity identity, Access access, Map<String, String> pathVariables) {
    if (identity instanceof EndedSession(var problem)) {
      return access instanceof OfCompany(_, boolean isForm) && isForm ? null : problem;
    }
    Principal principal = ((SessionIdentity) identity).principal();
    Operation operation = ((SessionAccess) access).operation();
    try {
      if (access instanceof OfCompany) {
        requireOwnCompany(principal, pathVariables);
      }
      if (operation.isOfCompany()) {
        operation.require(principal, companyId(pathVariables));
      } else {
        operation.require(principal);
      }
      return null;
    } catch (ManagementException notAllowed) {
      ProblemType type =
          notAllowed instanceof NotFound ? ProblemType.NOT_FOUND : ProblemType.FORBIDDEN;
      return Problem.of(type, String.valueOf(notAllowed.getMessage()));
    }
  }

  /// A session belongs to one company, whatever the operation.
  private static void requireOwnCompany(Principal principal, Map<String, String> pathVariables) {
    long companyId = companyId(pathVariables);
    if (!Objects.equals(principal.companyId(), companyId)) {
      throw NotFound.company(companyId);
    }
  }

  static long companyId(Map<String, String> pathVariables) {
    String text = Objects.requireNonNull(pathVariables.get("company_id"));
    boolean isNumber =
        text.length() <= 16 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    long id = isNumber ? Long.parseLong(text) : 0;
    if (id < Company.MIN_ID || id > Company.MAX_ID) {
      throw NotFound.company(Problem.shorten(text));
    }
    return id;
  }
}
