package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.session.PortalLinkInput;
import com.poolbrain.webhooks.management.session.PortalLinkManagement;
import java.time.Instant;
import java.util.List;

/// The route that makes links into the page of a company.
public final class PortalLinkRoutes {

  private final PortalLinkManagement portalLinks;

  public PortalLinkRoutes(PortalLinkManagement portalLinks) {
    this.portalLinks = portalLinks;
  }

  private record PortalLinkView(String url, Instant expiresAt) {
    @Override
    public String toString() {
      return "PortalLinkView[" + expiresAt + "]";
    }
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.post(
            CompanyRoutes.COMPANY_PATH + "/portal-links",
            OperationAccess.to(Operation.CREATE_PORTAL_LINKS),
            this::create));
  }

  private Response create(Request request) {
    JsonFields fields = request.jsonFields();
    var input =
        new PortalLinkInput(fields.text("role"), fields.text("user"), fields.number("ttl_seconds"));
    ApiRequests.rejectInvalid(fields, PortalLinkManagement.validate(input));
    return ApiResponses.orConflict(
        portalLinks.create(principal(request), companyId(request), input),
        link -> Response.json(201, new PortalLinkView(link.url().toString(), link.expiresAt())));
  }
}
