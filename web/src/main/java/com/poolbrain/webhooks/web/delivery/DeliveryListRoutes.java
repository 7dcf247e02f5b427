package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.export.ExportManagement;
import com.poolbrain.webhooks.store.query.Cursor;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.DeliveryPage;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.delivery.DeliveryListView.Content;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.ListFilters;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PageTrail;
import com.poolbrain.webhooks.web.page.Tab;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tab Deliveries.
public final class DeliveryListRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryListRoutes.class);
  private static final int PAGE_SIZE = 50;

  private final CompanyPages pages;
  private final DeliveryManagement deliveries;
  private final ExportManagement exports;
  private final EndpointManagement endpoints;
  private final EventTypeRegistry eventTypes;
  private final int maxAttempts;

  /// @param maxAttempts of the retry schedule
  public DeliveryListRoutes(
      CompanyPages pages,
      DeliveryManagement deliveries,
      ExportManagement exports,
      EndpointManagement endpoints,
      EventTypeRegistry eventTypes,
      int maxAttempts) {
    this.pages = pages;
    this.deliveries = deliveries;
    this.exports = exports;
    this.endpoints = endpoints;
    this.eventTypes = eventTypes;
    this.maxAttempts = maxAttempts;
  }

  public List<HttpRoute> routes() {
    return List.of(
        pages.get("/deliveries", Operation.READ_DELIVERIES, this::list),
        pages.get("/deliveries/export", Operation.READ_DELIVERIES, this::export));
  }

  private Response list(CompanyRequest request) {
    EndpointNames names = EndpointNames.of(endpoints, request);
    ListFilters filters = filters(request);
    var fields = new DeliveryFilters(eventTypes.catalogue(), names);
    DeliveryFilter filter = fields.parse(filters, request.companyId());
    if (filters.errors().isEmpty() && !filters.isCanonical()) {
      return pages.seeOther(filters.canonical());
    }
    Found found = find(request, filters, filter, names);
    var view =
        new DeliveryListView(
            filters.path(),
            filters.canonical(),
            fields.search(filters),
            fields.selects(filters),
            filters.timeField("from", "From"),
            filters.timeField("to", "To"),
            request.times().zoneName(),
            filters.chips(),
            filters.errors(),
            filters.export(),
            canBeFollowed(filters, filter) ? filters.below("live") : null,
            found.content(),
            found.pager());
    return pages.show(
        found.status(), request, Tab.DELIVERIES, "Deliveries", "delivery/list.jte", view);
  }

  /// New deliveries are on the first page. Whether they match a search is not known.
  private static boolean canBeFollowed(ListFilters filters, DeliveryFilter filter) {
    return filters.errors().isEmpty()
        && filters.trail().isFirst()
        && filter.searchText() == null
        && filter.to() == null;
  }

  private Response export(CompanyRequest request) {
    ListFilters filters = filters(request);
    DeliveryFilter filter =
        new DeliveryFilters(eventTypes.catalogue(), EndpointNames.of(endpoints, request))
            .parse(filters, request.companyId());
    return pages.export(
        request,
        filters,
        "deliveries",
        format -> exports.exportDeliveries(request.principal(), filter, format));
  }

  private static ListFilters filters(CompanyRequest request) {
    return new ListFilters(request.paths().deliveries(), request.query(), request.times());
  }

  /// What a search found, with the status of the response.
  private record Found(int status, Content content, PagerView pager) {

    /// Nothing to page through.
    Found(int status, Content content) {
      this(status, content, new PagerView("", null, null));
    }
  }

  private Found find(
      CompanyRequest request, ListFilters filters, DeliveryFilter filter, EndpointNames names) {
    if (!filters.errors().isEmpty()) {
      return new Found(422, new DeliveryListView.InvalidFilter());
    }
    try {
      DeliveryPage page =
          deliveries.search(request.principal(), filter, cursor(filters.trail()), PAGE_SIZE);
      return found(page, filters, names, request);
    } catch (LedgerException.TimedOut timedOut) {
      LOG.warn("A page of the delivery log of company {} failed", request.companyId(), timedOut);
      return new Found(
          503,
          new DeliveryListView.Failed(
              "This search took too long",
              "Nothing was changed. Narrow it by a time, an endpoint or a status, or try again."));
    }
  }

  private Found found(
      DeliveryPage page, ListFilters filters, EndpointNames names, CompanyRequest request) {
    PageTrail trail = filters.trail();
    Cursor next = page.nextCursor();
    String older = next == null ? null : filters.at(older(trail, next));
    String newer = trail.isFirst() ? null : filters.at(trail.newer());
    List<DeliveryRow> rows =
        page.deliveries().stream()
            .map(delivery -> DeliveryRow.of(delivery, names, maxAttempts, request.paths()))
            .toList();
    boolean isPartial = rows.size() < PAGE_SIZE;
    Content content;
    if (!rows.isEmpty()) {
      content = new DeliveryListView.Rows(rows, isPartial ? page.searchedBackTo() : null);
    } else if (older != null) {
      content =
          new DeliveryListView.NothingYet(Objects.requireNonNull(page.searchedBackTo()), older);
    } else if (!trail.isFirst()) {
      content = new DeliveryListView.AtTheEnd(filters.at(PageTrail.FIRST));
    } else {
      content = filters.isEmpty() ? new DeliveryListView.Empty() : new DeliveryListView.NoMatch();
    }
    return new Found(
        200,
        content,
        new PagerView(
            Numbers.count(rows.size(), "delivery", "deliveries") + " on this page", newer, older));
  }

  private static @Nullable Cursor cursor(PageTrail trail) {
    List<UUID> ids = trail.position();
    return ids == null ? null : new Cursor(ids.getFirst(), ids.size() == 1 ? null : ids.getLast());
  }

  private static PageTrail older(PageTrail trail, Cursor next) {
    return next.eventId() == null
        ? trail.older(next.deliveryId())
        : trail.older(next.deliveryId(), next.eventId());
  }
}
