package com.poolbrain.webhooks.web.audit;

import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.management.export.ExportManagement;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.audit.AuditFilter;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.ListFilters;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PageTrail;
import com.poolbrain.webhooks.web.page.Tab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tab Audit, which managers see.
public final class AuditPageRoutes {

  private static final int PAGE_SIZE = 50;
  private static final int MAX_ACTOR_LENGTH = 400;
  private static final int MAX_ACTION_LENGTH = 40;

  private final CompanyPages pages;
  private final AuditTrail auditTrail;
  private final ExportManagement exports;
  private final EndpointManagement endpoints;

  public AuditPageRoutes(
      CompanyPages pages,
      AuditTrail auditTrail,
      ExportManagement exports,
      EndpointManagement endpoints) {
    this.pages = pages;
    this.auditTrail = auditTrail;
    this.exports = exports;
    this.endpoints = endpoints;
  }

  public List<HttpRoute> routes() {
    return List.of(
        pages.get("/audit", Operation.READ_AUDIT, this::list),
        pages.get("/audit/export", Operation.READ_AUDIT, this::export));
  }

  private Response list(CompanyRequest request) {
    ListFilters filters = filters(request);
    AuditFilter filter = parse(filters, request.companyId());
    boolean isValid = filters.errors().isEmpty();
    if (isValid && !filters.isCanonical()) {
      return pages.seeOther(filters.canonical());
    }
    PageTrail trail = filters.trail();
    List<UUID> position = trail.position();
    Page<AuditEntry> found =
        isValid
            ? auditTrail.list(
                request.principal(),
                filter,
                position == null ? null : position.getFirst(),
                PAGE_SIZE)
            : new Page<>(List.of(), false);
    EndpointNames names = EndpointNames.of(endpoints, request);
    var view =
        new AuditView(
            filters.path(),
            filters.select("action", "Action", "Any action", actions()),
            filters.field("actor", "Actor"),
            filters.timeField("from", "From"),
            filters.timeField("to", "To"),
            request.times().zoneName(),
            filters.chips(),
            filters.errors(),
            filters.export(),
            found.items().stream()
                .map(entry -> AuditRow.of(entry, names, request.paths()))
                .toList(),
            new PagerView(
                Numbers.count(found.items().size(), "entry", "entries") + " on this page",
                trail.isFirst() ? null : filters.at(trail.newer()),
                found.hasMore() ? filters.at(trail.older(found.items().getLast().id())) : null));
    return pages.show(isValid ? 200 : 422, request, Tab.AUDIT, "Audit", "audit/list.jte", view);
  }

  private Response export(CompanyRequest request) {
    ListFilters filters = filters(request);
    AuditFilter filter = parse(filters, request.companyId());
    return pages.export(
        request,
        filters,
        "audit",
        format -> exports.exportAudit(request.principal(), filter, format));
  }

  private static ListFilters filters(CompanyRequest request) {
    return new ListFilters(request.paths().of("/audit"), request.query(), request.times());
  }

  private static AuditFilter parse(ListFilters filters, long companyId) {
    AuditAction action =
        filters.parsed(
            "action",
            "Action",
            MAX_ACTION_LENGTH,
            AuditPageRoutes::find,
            AuditRow::words,
            text -> "\"" + text + "\" is no action; select one of the list.");
    return new AuditFilter(
        companyId,
        filters.text("actor", "Actor", MAX_ACTOR_LENGTH),
        action,
        filters.time("from", "From", false),
        filters.time("to", "To", true));
  }

  private static @Nullable AuditAction find(String text) {
    return Stream.of(AuditAction.values())
        .filter(action -> action.wireName().equals(text))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> actions() {
    Map<String, String> options = new LinkedHashMap<>();
    for (AuditAction action : AuditAction.values()) {
      options.put(action.wireName(), AuditRow.words(action));
    }
    return options;
  }
}
