package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.EndpointLimits;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.support.LookupPage;
import com.poolbrain.webhooks.management.support.SupportLookup;
import com.poolbrain.webhooks.management.support.UrlLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The route of the support look-up.
public final class SupportRoutes {

  private static final String LOOKUP_PATH = "/api/v1/support/lookup";

  private final SupportLookup lookup;

  public SupportRoutes(SupportLookup lookup) {
    this.lookup = lookup;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(LOOKUP_PATH, OperationAccess.to(Operation.LOOK_UP_EVENTS), this::lookup));
  }

  private Response lookup(Request request) {
    QueryParams query = request.queryParams();
    UUID id = query.id("id");
    String url = query.text("endpoint_url", EndpointLimits.MAX_URL_LENGTH);
    Instant at = query.time("at");
    Duration window = query.duration("window", UrlLookup.DEFAULT_WINDOW, UrlLookup.MAX_WINDOW);
    long companyId = query.number("company_id", 0, Company.MIN_ID, Company.MAX_ID);
    UrlLookup byUrl =
        new UrlLookup(
            url == null ? "" : url,
            at == null ? Instant.EPOCH : at,
            window,
            companyId == 0 ? null : companyId);
    CursorPaging<UUID> paging =
        CursorPaging.parse(query, "lookup " + url + " " + byUrl, UUID::fromString);
    rejectWrongCombination(query, id != null, url != null, at != null);
    query.rejectInvalid();
    if (id != null) {
      return Response.ok(LookupView.of(lookup.byId(principal(request), id), null));
    }
    LookupPage page = lookup.byUrl(principal(request), byUrl, paging.position(), paging.limit());
    UUID next = page.next();
    return Response.ok(
        LookupView.of(page, next == null ? null : paging.cursorAfter(next.toString())));
  }

  private static void rejectWrongCombination(
      QueryParams query, boolean hasId, boolean hasUrl, boolean hasTime) {
    if (hasId && Stream.of("endpoint_url", "at", "window", "company_id").anyMatch(query::has)) {
      query.addError("id", "Give the id alone, or endpoint_url and at instead of it.");
    } else if (!query.has("id") && !query.has("endpoint_url")) {
      query.addError(
          "id", "Give the id of an event or a delivery, or endpoint_url and at instead of it.");
    } else if (hasUrl && !hasTime && !query.has("at")) {
      query.addError("at", "Give the time of the event beside the URL.");
    }
  }
}
