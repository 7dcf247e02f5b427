package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.session.SessionManagement;
import com.poolbrain.webhooks.store.session.PortalLinks.OpenResult;
import com.poolbrain.webhooks.store.session.Sessions;
import com.poolbrain.webhooks.web.access.SessionAuthorizer;
import com.poolbrain.webhooks.web.access.SessionCookies;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Opens portal links, ends sessions, and leads from `/` to where the user is signed in.
public final class SessionRoutes {

  private static final Duration ZONE_LIFETIME = Duration.ofDays(365);
  private static final int MAX_COOKIES = 8;

  private final SessionManagement sessions;
  private final SessionAuthorizer authorizer;
  private final SessionCookies cookies;
  private final CompanyPages pages;
  private final ErrorPages errors;
  private final Html html;
  private final Site site;

  public SessionRoutes(
      SessionManagement sessions,
      SessionAuthorizer authorizer,
      SessionCookies cookies,
      CompanyPages pages,
      ErrorPages errors,
      Html html,
      Site site) {
    this.sessions = sessions;
    this.authorizer = authorizer;
    this.cookies = cookies;
    this.pages = pages;
    this.errors = errors;
    this.html = html;
    this.site = site;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get("/", null, this::leadOn),
        HttpRoute.get(PagePaths.COMPANY + "/open/{token}", null, this::open),
        pages.form("/sign-out", Operation.READ_COMPANY, this::signOut),
        pages.form("/zone", Operation.READ_COMPANY, this::chooseZone));
  }

  private Response leadOn(Request request) {
    return html.seeOther(
        site.base()
            + cookies.pagesOf(request.cookieNames()).entrySet().stream()
                .limit(MAX_COOKIES)
                .filter(page ->
                    authorizer.find(
                            String.valueOf(request.cookie(page.getKey())), request.clientAddress())
                        != null)
                .map(page -> page.getValue())
                .findFirst()
                .orElse("/docs"));
  }

  private Response open(Request request) {
    if (request.isHead()) { // programs that look at links must not use them up
      return html.seeOther(site.base() + "/");
    }
    String companyText = request.pathVariable("company_id");
    if (!companyText.matches("[1-9][0-9]{0,15}")) {
      return invalidLink();
    }
    if (!authorizer.mayTry(request.clientAddress())) {
      return errors.render(
          429,
          "Too many requests",
          "Too many links that do not exist were opened from this address; try again in a moment.",
          false);
    }
    long companyId = Long.parseLong(companyText);
    OpenResult result =
        sessions.open(
            companyId, request.pathVariable("token"), request.clientAddress().getHostAddress());
    return switch (result) {
      case OpenResult.Opened(var started) -> {
        authorizer.forgetTry(request.clientAddress());
        yield html.seeOther(new PagePaths(site.base(), companyId).home())
            .withHeader(
                "Set-Cookie",
                cookies.store(
                    cookies.ofCompany(companyText), started.token(), Sessions.MAX_LIFETIME));
      }
      case OpenResult.AlreadyUsed _ ->
          errors.render(
              410,
              "This link was used before",
              "A link opens the Webhooks settings once. Open them in Pool Brain again: that makes a"
                  + " new link.",
              false);
      case OpenResult.Invalid _ -> invalidLink();
    };
  }

  private Response invalidLink() {
    return errors.render(
        403,
        "This link is not valid",
        "It has expired, or it was changed or cut off on its way. Open the Webhooks settings in Pool"
            + " Brain again: that makes a new link.",
        false);
  }

  private Response signOut(CompanyRequest request) {
    sessions.signOut(request.signedIn().sessionId());
    return html.render(200, "page/signed-out.jte", Map.of("site", site, "support", false))
        .withHeader(
            "Set-Cookie", cookies.remove(cookies.ofCompany(Long.toString(request.companyId()))));
  }

  private Response chooseZone(CompanyRequest request) {
    ZoneId zone = CompanyPages.zone(request.form().text("zone"));
    return pages
        .done(request.paths().home(), Toast.ZONE_CHANGED)
        .withHeader(
            "Set-Cookie", cookies.store(CompanyPages.ZONE_COOKIE, zone.getId(), ZONE_LIFETIME));
  }
}
