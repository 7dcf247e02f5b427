package com.poolbrain.webhooks.web;

import com.poolbrain.webhooks.http.Authorizer;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.ProblemRenderer;
import com.poolbrain.webhooks.web.access.SessionAuthorizer;
import com.poolbrain.webhooks.web.access.SessionCookies;
import com.poolbrain.webhooks.web.audit.AuditPageRoutes;
import com.poolbrain.webhooks.web.catalogue.CatalogueRoutes;
import com.poolbrain.webhooks.web.company.SwitchRoutes;
import com.poolbrain.webhooks.web.delivery.DeliveryListRoutes;
import com.poolbrain.webhooks.web.delivery.DeliveryPageRoutes;
import com.poolbrain.webhooks.web.delivery.LiveLogRoutes;
import com.poolbrain.webhooks.web.endpoint.DeliveryPromise;
import com.poolbrain.webhooks.web.endpoint.EndpointTab;
import com.poolbrain.webhooks.web.notice.UnsubscribeRoutes;
import com.poolbrain.webhooks.web.page.Assets;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.ErrorPages;
import com.poolbrain.webhooks.web.page.Html;
import com.poolbrain.webhooks.web.page.SessionRoutes;
import com.poolbrain.webhooks.web.page.Site;
import com.poolbrain.webhooks.web.recovery.RecoveryPageRoutes;
import com.poolbrain.webhooks.web.styleguide.StyleguideRoutes;
import com.poolbrain.webhooks.web.support.SupportConsole;
import com.poolbrain.webhooks.web.support.SupportSignInRoutes;
import java.util.List;
import java.util.stream.Stream;

/// All routes of the settings page and the support console.
///
/// ```java
/// var web = new WebRoutes(settings, useCases);
/// var application = new HttpApplication(web.routes(), web.authorizer(), …, web.problems(), …);
/// ```
public final class WebRoutes {

  private final List<HttpRoute> routes;
  private final SessionAuthorizer authorizer;
  private final ErrorPages errors;

  public WebRoutes(WebSettings settings, WebUseCases useCases) {
    var assets = new Assets();
    var site = new Site(settings.basePath(), assets);
    var html = new Html(settings.embedOrigins());
    var cookies = new SessionCookies(settings.isHttps(), !settings.embedOrigins().isEmpty());
    authorizer =
        new SessionAuthorizer(useCases.sessions()::authenticate, cookies, System::nanoTime);
    errors = new ErrorPages(html, site);
    var pages = new CompanyPages(html, site, useCases.companies(), useCases.clock());
    var sessionRoutes =
        new SessionRoutes(useCases.sessions(), authorizer, cookies, pages, errors, html, site);
    var signIn =
        new SupportSignInRoutes(
            useCases.sessions(),
            authorizer,
            cookies,
            html,
            site,
            new SupportConsole(
                useCases.supportLookup(), useCases.systemHealth(), useCases.companies()),
            useCases.clock(),
            settings.randomTexts(),
            System::nanoTime);
    routes =
        Stream.of(
                assets.routes(),
                sessionRoutes.routes(),
                signIn.routes(),
                new UnsubscribeRoutes(useCases.unsubscription(), html, site, errors).routes(),
                settings.styleguide()
                    ? new StyleguideRoutes(html, site).routes()
                    : List.<HttpRoute>of(),
                companyRoutes(pages, settings, useCases))
            .flatMap(List::stream)
            .toList();
  }

  private static List<HttpRoute> companyRoutes(
      CompanyPages pages, WebSettings settings, WebUseCases useCases) {
    var promise =
        new DeliveryPromise(
            settings.schedule(), settings.attemptTimeout(), settings.endpointConcurrency());
    return Stream.of(
            new SwitchRoutes(pages, useCases.companies(), settings.retention()).routes(),
            new EndpointTab(
                    pages,
                    useCases.companies(),
                    useCases.endpoints(),
                    useCases.secrets(),
                    useCases.testSend(),
                    useCases.deliveries(),
                    useCases.statistics(),
                    useCases.urlChecks(),
                    useCases.auditTrail(),
                    useCases.eventTypes(),
                    useCases.notices(),
                    promise,
                    settings.retention())
                .routes(),
            logRoutes(pages, settings, useCases))
        .flatMap(List::stream)
        .toList();
  }

  /// The tabs Deliveries, Event catalogue, Recovery and Audit.
  private static List<HttpRoute> logRoutes(
      CompanyPages pages, WebSettings settings, WebUseCases useCases) {
    return Stream.of(
            new DeliveryListRoutes(
                    pages,
                    useCases.deliveries(),
                    useCases.exports(),
                    useCases.endpoints(),
                    useCases.eventTypes(),
                    settings.schedule().maxAttempts())
                .routes(),
            new LiveLogRoutes(
                    pages,
                    useCases.live(),
                    useCases.endpoints(),
                    useCases.eventTypes(),
                    settings.schedule().maxAttempts())
                .routes(),
            new DeliveryPageRoutes(
                    pages,
                    useCases.companies(),
                    useCases.deliveries(),
                    useCases.endpoints(),
                    settings.schedule(),
                    settings.retention())
                .routes(),
            new RecoveryPageRoutes(
                    pages, useCases.recovery(), useCases.jobs(), useCases.endpoints())
                .routes(),
            new AuditPageRoutes(
                    pages, useCases.auditTrail(), useCases.exports(), useCases.endpoints())
                .routes(),
            new CatalogueRoutes(
                    pages,
                    useCases.eventTypeManagement(),
                    useCases.endpoints(),
                    settings.basePath() + "/openapi.json")
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  /// The routes of all pages and assets.
  public List<HttpRoute> routes() {
    return routes;
  }

  /// Authorizes the routes whose access is one of sessions.
  public Authorizer authorizer() {
    return authorizer;
  }

  /// Makes error pages for browsers, and problems as JSON for the API.
  public ProblemRenderer problems() {
    return errors;
  }
}
