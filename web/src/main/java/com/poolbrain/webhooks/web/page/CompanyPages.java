package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.stream.BodyStream;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.export.Export;
import com.poolbrain.webhooks.management.export.ExportFormat;
import com.poolbrain.webhooks.web.access.EndedSession;
import com.poolbrain.webhooks.web.access.SessionAccess;
import com.poolbrain.webhooks.web.component.QuestionView;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the routes and frames of the pages of a company.
///
/// ```java
/// pages.get("/deliveries", Operation.READ_DELIVERIES, request ->
///     pages.show(request, Tab.DELIVERIES, "Deliveries", "delivery/list.jte", view));
/// ```
public final class CompanyPages {

  /// The cookie with the time zone that the user chose.
  static final String ZONE_COOKIE = "webhooks-zone";

  private final Html html;
  private final Site site;
  private final CompanyManagement companies;
  private final InstantSource clock;

  public CompanyPages(Html html, Site site, CompanyManagement companies, InstantSource clock) {
    this.html = html;
    this.site = site;
    this.companies = companies;
    this.clock = clock;
  }

  /// Answers a request of a page.
  @FunctionalInterface
  public interface PageHandler {
    Response handle(CompanyRequest request) throws InterruptedException;
  }

  /// A page.
  ///
  /// @param path below the first page of the company; empty for that page
  public HttpRoute get(String path, Operation operation, PageHandler handler) {
    return HttpRoute.get(
        PagePaths.COMPANY + path,
        new SessionAccess.OfCompany(operation, false),
        request -> handler.handle(companyRequest(request)));
  }

  /// The target of a form, which must bear the CSRF token of the session.
  ///
  /// @param path below the first page of the company
  public HttpRoute form(String path, Operation operation, PageHandler handler) {
    return HttpRoute.form(
        PagePaths.COMPANY + path,
        new SessionAccess.OfCompany(operation, true),
        request -> {
          // A page that is not a redirect has the address of the form, which can't be loaded again.
          Response response =
              request.identity() instanceof EndedSession
                  ? showEnded(request)
                  : answer(request, handler);
          return response.status() == 303 ? response : response.withHeader("HX-Push-Url", "false");
        });
  }

  private Response answer(Request request, PageHandler handler) throws InterruptedException {
    CompanyRequest companyRequest = companyRequest(request);
    companyRequest.requireCsrfToken();
    return handler.handle(companyRequest);
  }

  /// The page that keeps what was typed into a form until the next sign-in.
  private Response showEnded(Request request) {
    return html.render(
        403, "page/ended.jte", Map.of("site", site, "input", KeptInput.of(request.form())));
  }

  private CompanyRequest companyRequest(Request request) {
    String text = request.pathVariable("company_id");
    Long companyId =
        text.matches("[1-9][0-9]{0,15}") ? Long.valueOf(text) : null; // the authorizer checked it
    if (companyId == null) {
      throw NotFound.company(text);
    }
    return new CompanyRequest(
        request, companyId, new PagePaths(site.base(), companyId), times(request));
  }

  private Times times(Request request) {
    return new Times(clock.instant(), zone(request.cookie(ZONE_COOKIE)));
  }

  /// The zone of its name; UTC for any other text.
  static ZoneId zone(@Nullable String name) {
    try {
      return name == null || name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException _) {
      return ZoneOffset.UTC;
    }
  }

  /// The response with a page.
  ///
  /// @param template gets `page` and `view`
  public Response show(
      CompanyRequest request, Tab tab, String title, String template, Object view) {
    return show(200, request, tab, title, template, view);
  }

  /// The response with a page and another status than 200.
  public Response show(
      int status, CompanyRequest request, Tab tab, String title, String template, Object view) {
    return show(status, page(request, tab, title), template, view);
  }

  /// The response with a page whose frame was made before.
  public Response show(int status, Page page, String template, Object view) {
    return html.render(status, template, Map.of("page", page, "view", view));
  }

  /// The response with plain text for a script.
  public Response text(String text) {
    return Response.text("text/plain; charset=utf-8", text).withHeader("Cache-Control", "no-store");
  }

  /// The response with an export of a list as a file.
  ///
  /// @param filters that were read; none of them may be invalid
  /// @param name of the file, without company and extension
  /// @param start starts the export in a format
  public Response export(
      CompanyRequest request,
      ListFilters filters,
      String name,
      Function<ExportFormat, Export> start) {
    ExportFormat format = ExportFormat.find(request.query().text("format"));
    if (format == null || !filters.errors().isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID,
              "A filter or the format of this export is not valid. Go back to the list, and export"
                  + " it from there."));
    }
    Export export = start.apply(format);
    return Response.download(
        format.contentType(),
        name + "-" + request.companyId() + "." + format.wireName(),
        BodyStream.of(writer -> export.writeTo(writer::write), export::close));
  }

  /// The response with a part of a page.
  ///
  /// @param template gets only these parameters
  public Response part(int status, String template, Map<String, Object> parameters) {
    return html.render(status, template, parameters);
  }

  /// A part of a page that is sent when it changes.
  ///
  /// @param template gets only these parameters
  public String fragment(String template, Map<String, Object> parameters) {
    return html.text(template, parameters).replace('\0', '\ufffd');
  }

  /// How times are shown now, on a page that was asked for earlier.
  public Times timesNow(CompanyRequest request) {
    return new Times(clock.instant(), request.times().zone());
  }

  /// The response with a question: a page of its own, or what a dialog shows.
  public Response ask(CompanyRequest request, Tab tab, QuestionView question) {
    return ask(200, request, tab, question);
  }

  /// The response with a question and another status than 200.
  public Response ask(int status, CompanyRequest request, Tab tab, QuestionView question) {
    return request.isPartial()
        ? html.render(
            status,
            "component/question.jte",
            Map.of("question", question, "csrf", request.visitor().csrfToken()))
        : show(status, request, tab, question.title(), "page/question.jte", question);
  }

  /// The redirect after a form that did something.
  ///
  /// @param path of the page to show
  public Response done(String path, Toast toast) {
    String separator = path.contains("?") ? "&" : "?";
    return html.seeOther(path + separator + "done=" + toast.parameter());
  }

  /// The redirect after a form about which nothing is to be said.
  public Response seeOther(String path) {
    return html.seeOther(path);
  }

  /// The frame of a page.
  public Page page(CompanyRequest request, Tab tab, String title) {
    return request.page(site, companies.get(request.principal(), request.companyId()), tab, title);
  }
}
