package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.http.ProblemRenderer;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.util.Map;

/// The pages that say why there is no other one. Requests of the API get problems as JSON, and so
/// do those for unknown paths, unless they ask for HTML.
public final class ErrorPages implements ProblemRenderer {

  /// Programs call what is below it, whatever they accept.
  private static final String API = "/api/";

  private final Html html;
  private final Site site;

  public ErrorPages(Html html, Site site) {
    this.html = html;
    this.site = site;
  }

  /// What an error page says.
  ///
  /// @param canRetry whether the same request may succeed later
  public record ErrorView(
      Site site, int status, String title, String detail, boolean canRetry, boolean isSupport) {}

  @Override
  public Response render(String path, boolean acceptsHtml, Problem problem) {
    if (!isPage(path) && !(acceptsHtml && !path.startsWith(API))) {
      return Response.of(problem);
    }
    ProblemType type = problem.type();
    Response response = render(type.status(), title(type), detail(problem), isSupport(path));
    for (var header : problem.headers().entrySet()) {
      response = response.withHeader(header.getKey(), header.getValue());
    }
    return response;
  }

  /// The router's sentences are written for callers of the API.
  private static String detail(Problem problem) {
    return problem.detail().startsWith("There is no such path.")
        ? "Nothing is at this address. Check it, or go back."
        : problem.detail();
  }

  /// A page with this title and text.
  public Response render(int status, String title, String detail, boolean isSupport) {
    boolean canRetry = status == 503 || status == 429;
    return html.render(
        status,
        "page/error.jte",
        Map.of("view", new ErrorView(site, status, title, detail, canRetry, isSupport)));
  }

  private static boolean isPage(String path) {
    return path.equals("/")
        || path.startsWith("/companies/")
        || path.startsWith("/unsubscribe/")
        || isSupport(path)
        || path.equals("/styleguide");
  }

  private static boolean isSupport(String path) {
    return path.equals("/support") || path.startsWith("/support/");
  }

  private static String title(ProblemType type) {
    return switch (type) {
      case FORBIDDEN, UNAUTHORIZED -> "You can’t open this page";
      case NOT_FOUND -> "There is no such page";
      case METHOD_NOT_ALLOWED -> "This address takes no such request";
      case UNAVAILABLE -> "The page is not available right now";
      case TOO_MANY_REQUESTS -> "Too many requests";
      case CONFLICT, PRECONDITION_FAILED -> "This can’t be done now";
      case TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE -> "The request is too large";
      case TIMEOUT -> "The request took too long";
      case INVALID, BAD_REQUEST, MALFORMED_JSON, UNSUPPORTED_MEDIA_TYPE ->
          "The request was not understood";
      case INTERNAL, NOT_IMPLEMENTED -> "The page could not be made";
    };
  }
}
