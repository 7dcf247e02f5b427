package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.management.export.ExportFormat;
import com.poolbrain.webhooks.management.export.ExportManagement;
import com.poolbrain.webhooks.store.audit.AuditFilter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// The route of the audit.
public final class AuditRoutes {

  /// Characters of `actor`.
  public static final int MAX_ACTOR_LENGTH = 400;

  private static final List<String> ACTIONS =
      Arrays.stream(AuditAction.values()).map(AuditAction::wireName).toList();

  private final AuditTrail auditTrail;
  private final ExportManagement exports;

  public AuditRoutes(AuditTrail auditTrail, ExportManagement exports) {
    this.auditTrail = auditTrail;
    this.exports = exports;
  }

  public List<HttpRoute> routes() {
    var read = OperationAccess.to(Operation.READ_AUDIT);
    return List.of(
        HttpRoute.get("/api/v1/audit", read, this::list),
        HttpRoute.get("/api/v1/audit/export", read, this::export));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    AuditFilter filter = parseFilter(query);
    CursorPaging<UUID> paging =
        CursorPaging.parse(
            query, "audit " + principal(request).companyId() + " " + filter, UUID::fromString);
    query.rejectInvalid();
    return Response.ok(
        paging.toList(
            auditTrail.list(principal(request), filter, paging.position(), paging.limit()),
            AuditEntryView::of,
            entry -> entry.id().toString()));
  }

  private Response export(Request request) {
    QueryParams query = request.queryParams();
    AuditFilter filter = parseFilter(query);
    ExportFormat format = ApiRequests.exportFormat(query);
    query.rejectInvalid();
    return ApiResponses.file(exports.exportAudit(principal(request), filter, format), "audit");
  }

  private static AuditFilter parseFilter(QueryParams query) {
    long companyId = query.number("company_id", 0, Company.MIN_ID, Company.MAX_ID);
    String action = query.oneOf("action", ACTIONS);
    return new AuditFilter(
        companyId == 0 ? null : companyId,
        query.text("actor", MAX_ACTOR_LENGTH),
        action == null ? null : AuditAction.fromWireName(action),
        query.time("from"),
        query.time("to"));
  }
}
