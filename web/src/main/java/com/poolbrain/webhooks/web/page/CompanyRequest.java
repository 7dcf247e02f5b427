package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.session.SessionManagement.SignedIn;
import com.poolbrain.webhooks.web.access.CsrfToken;
import com.poolbrain.webhooks.web.access.SessionIdentity;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request for a page of a company, by a user who is signed in.
public final class CompanyRequest {

  private final Request request;
  private final SessionIdentity identity;
  private final long companyId;
  private final PagePaths paths;
  private final Times times;
  private @Nullable FormFields form;

  CompanyRequest(Request request, long companyId, PagePaths paths, Times times) {
    this.request = request;
    this.identity = (SessionIdentity) Objects.requireNonNull(request.identity());
    this.companyId = companyId;
    this.paths = paths;
    this.times = times;
  }

  /// The user as a caller of use cases.
  public Principal principal() {
    return identity.principal().withFromAddress(request.clientAddress().getHostAddress());
  }

  /// The session.
  public SignedIn signedIn() {
    return identity.signedIn();
  }

  /// The id of the company.
  public long companyId() {
    return companyId;
  }

  /// The `{endpoint_id}` of the path.
  public UUID endpointId() {
    return request.pathId("endpoint_id", "endpoint");
  }

  /// Another variable of the path, decoded.
  public String pathVariable(String name) {
    return request.pathVariable(name);
  }

  /// A UUID in the path.
  ///
  /// @param resourceName for the 404 of a text that is no UUID
  public UUID pathId(String variable, String resourceName) {
    return request.pathId(variable, resourceName);
  }

  /// The paths of the pages of the company.
  public PagePaths paths() {
    return paths;
  }

  /// How times are shown.
  public Times times() {
    return times;
  }

  /// The user who looks at the page.
  public Visitor visitor() {
    Principal principal = identity.principal();
    return new Visitor(principal.name(), identity.signedIn().role(), identity.csrfToken());
  }

  /// The query as fields of a form.
  public FormFields query() {
    return request.queryFields();
  }

  /// The fields of the form.
  public FormFields form() {
    if (form == null) {
      form = request.form();
    }
    return form;
  }

  /// Whether only a part of the page is asked for.
  public boolean isPartial() {
    return "true".equals(request.header("HX-Request")) && request.header("HX-Boosted") == null;
  }

  /// Refuses a form that no page of this session made.
  void requireCsrfToken() {
    if (!CsrfToken.matches(identity.csrfToken(), form().text(CsrfToken.FIELD))) {
      throw new ProblemException(
          Problem.of(
              ProblemType.FORBIDDEN,
              "This form belongs to another session. Nothing was changed. Load the page again and"
                  + " repeat it."));
    }
  }

  /// The page that shows a company, for the frame.
  Page page(Site site, Company company, Tab tab, String title) {
    return new Page(
        title,
        tab,
        site,
        company,
        paths,
        visitor(),
        times,
        Toast.of(request.queryFields().text("done")));
  }
}
