package com.poolbrain.webhooks.web.support;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.http.share.ClientLimiter;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.session.SessionManagement;
import com.poolbrain.webhooks.management.session.SessionManagement.SignInResult;
import com.poolbrain.webhooks.management.session.SessionManagement.SignedIn;
import com.poolbrain.webhooks.store.session.Sessions;
import com.poolbrain.webhooks.web.access.CsrfToken;
import com.poolbrain.webhooks.web.access.SessionAccess;
import com.poolbrain.webhooks.web.access.SessionAuthorizer;
import com.poolbrain.webhooks.web.access.SessionCookies;
import com.poolbrain.webhooks.web.access.SessionIdentity;
import com.poolbrain.webhooks.web.page.Html;
import com.poolbrain.webhooks.web.page.Site;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.page.Visitor;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The support console, and signing in to it and out. The tries of one address are limited.
public final class SupportSignInRoutes {

  private static final String PATH = "/support";
  private static final Duration FORM_LIFETIME = Duration.ofHours(1);

  /// Ten tries at once, then one each ten seconds.
  private static final int TRIES = 10;

  private static final double TRIES_PER_SECOND = 0.1;

  private final SessionManagement sessions;
  private final SessionAuthorizer authorizer;
  private final SessionCookies cookies;
  private final Html html;
  private final Site site;
  private final SupportConsole console;
  private final InstantSource clock;
  private final Supplier<String> formTokens;
  private final ClientLimiter limiter;

  /// @param formTokens makes random texts for the cookie of the form
  public SupportSignInRoutes(
      SessionManagement sessions,
      SessionAuthorizer authorizer,
      SessionCookies cookies,
      Html html,
      Site site,
      SupportConsole console,
      InstantSource clock,
      Supplier<String> formTokens,
      LongSupplier nanoTime) {
    this.sessions = sessions;
    this.authorizer = authorizer;
    this.cookies = cookies;
    this.html = html;
    this.site = site;
    this.console = console;
    this.clock = clock;
    this.formTokens = formTokens;
    this.limiter = new ClientLimiter(TRIES_PER_SECOND, TRIES, nanoTime);
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(PATH, null, this::show),
        HttpRoute.form(PATH + "/sign-in", null, this::signIn),
        HttpRoute.form(
            PATH + "/sign-out",
            new SessionAccess.OfSupport(Operation.USE_SUPPORT_CONSOLE),
            this::signOut));
  }

  private Response show(Request request) {
    String token = request.cookie(cookies.ofSupport());
    SignedIn operator = token == null ? null : authorizer.find(token, request.clientAddress());
    return operator == null || token == null
        ? form(200, request, null)
        : console(operator, token, request);
  }

  private Response console(SignedIn operator, String token, Request request) {
    SupportPage page = page(operator, token);
    ConsoleView view =
        console.view(operator.principal(), site.base() + PATH, request.queryFields(), page.times());
    int status = view.errors().isEmpty() ? 200 : 422;
    return html.render(status, "support/console.jte", Map.of("page", page, "view", view));
  }

  private SupportPage page(SignedIn operator, String token) {
    return new SupportPage(
        "Support console",
        site,
        new Visitor(operator.principal().name(), operator.role(), CsrfToken.of(token)),
        new Times(clock.instant(), ZoneOffset.UTC));
  }

  private Response form(int status, Request request, @Nullable String error) {
    String known = request.cookie(cookies.ofSignInForm());
    String formToken = known == null || known.isEmpty() ? formTokens.get() : known;
    return html.render(
            status,
            "support/sign-in.jte",
            Map.of("view", new SignInView(site, CsrfToken.of(formToken), error)))
        .withHeader("Set-Cookie", cookies.store(cookies.ofSignInForm(), formToken, FORM_LIFETIME));
  }

  private Response signIn(Request request) {
    FormFields form = request.form();
    String formToken = request.cookie(cookies.ofSignInForm());
    if (formToken == null
        || !CsrfToken.matches(CsrfToken.of(formToken), form.text(CsrfToken.FIELD))) {
      return form(403, request, "This form was too old; enter the key again.");
    }
    InetAddress client = request.clientAddress();
    if (!limiter.tryAcquire(client)) {
      return form(429, request, "Too many tries from your address; try again in ten seconds.")
          .withHeader("Retry-After", "10");
    }
    return switch (sessions.signIn(form.text("key").strip(), client.getHostAddress())) {
      case SignInResult.Started(var started) -> {
        limiter.refund(client);
        yield html.seeOther(site.base() + PATH)
            .withHeader(
                "Set-Cookie",
                cookies.store(cookies.ofSupport(), started.token(), Sessions.MAX_LIFETIME));
      }
      case SignInResult.UnknownKey _ ->
          form(403, request, "There is no such API key, or it has expired or was revoked.");
      case SignInResult.NoOperator _ ->
          form(403, request, "This API key has not the scope operator; use one that has.");
    };
  }

  private Response signOut(Request request) {
    var identity = (SessionIdentity) Objects.requireNonNull(request.identity());
    if (!CsrfToken.matches(identity.csrfToken(), request.form().text(CsrfToken.FIELD))) {
      return html.seeOther(site.base() + PATH);
    }
    sessions.signOut(identity.signedIn().sessionId());
    return html.render(200, "page/signed-out.jte", Map.of("site", site, "support", true))
        .withHeader("Set-Cookie", cookies.remove(cookies.ofSupport()));
  }
}
