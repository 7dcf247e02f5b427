package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import com.poolbrain.webhooks.management.export.ExportFormat;
import com.poolbrain.webhooks.management.export.ExportManagement;
import com.poolbrain.webhooks.store.query.Cursor;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.DeliveryPage;
import com.poolbrain.webhooks.store.query.ResultFilter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Routes of the delivery log and of single deliveries.
public final class DeliveryRoutes {

  /// Characters of `q`.
  public static final int MAX_SEARCH_LENGTH = 200;

  private static final String DELIVERIES_PATH = CompanyRoutes.COMPANY_PATH + "/deliveries";
  private static final String DELIVERY_PATH = DELIVERIES_PATH + "/{delivery_id}";
  private static final int MAX_RESULT_LENGTH = 30;
  private static final List<String> RESULT_WORDS =
      Stream.concat(
              Stream.of(ResultFilter.FAILED),
              Arrays.stream(ErrorClass.values()).map(ErrorClass::wireName))
          .toList();
  private static final List<String> TRIGGERS =
      Arrays.stream(Trigger.values()).map(Trigger::wireName).toList();
  private static final List<String> STATUSES =
      Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).toList();

  private final DeliveryManagement deliveries;
  private final ExportManagement exports;
  private final EventTypeRegistry eventTypes;

  public DeliveryRoutes(
      DeliveryManagement deliveries, ExportManagement exports, EventTypeRegistry eventTypes) {
    this.deliveries = deliveries;
    this.exports = exports;
    this.eventTypes = eventTypes;
  }

  public List<HttpRoute> routes() {
    var read = OperationAccess.to(Operation.READ_DELIVERIES);
    var change = OperationAccess.to(Operation.CHANGE_DELIVERIES);
    return List.of(
        HttpRoute.get(DELIVERIES_PATH, read, this::list),
        HttpRoute.get(DELIVERIES_PATH + "/export", read, this::export),
        HttpRoute.get(DELIVERY_PATH, read, this::get),
        HttpRoute.post(DELIVERY_PATH + "/redeliver", change, this::redeliver),
        HttpRoute.post(DELIVERY_PATH + "/cancel", change, this::cancel));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    DeliveryFilter filter = parseFilter(query, companyId(request));
    CursorPaging<Cursor> paging =
        CursorPaging.parse(query, "deliveries " + filter, DeliveryRoutes::parseCursor);
    query.rejectInvalid();
    DeliveryPage page =
        deliveries.search(principal(request), filter, paging.position(), paging.limit());
    Cursor next = page.nextCursor();
    return Response.ok(
        new ListView<>(
            page.deliveries().stream().map(DeliveryView::of).toList(),
            next == null ? null : paging.cursorAfter(formatCursor(next)),
            page.deliveries().size() < paging.limit() ? page.searchedBackTo() : null));
  }

  private Response export(Request request) {
    QueryParams query = request.queryParams();
    DeliveryFilter filter = parseFilter(query, companyId(request));
    ExportFormat format = ApiRequests.exportFormat(query);
    query.rejectInvalid();
    return ApiResponses.file(
        exports.exportDeliveries(principal(request), filter, format),
        "deliveries-" + filter.companyId());
  }

  private DeliveryFilter parseFilter(QueryParams query, long companyId) {
    String status = query.oneOf("status", STATUSES);
    return new DeliveryFilter(
        companyId,
        status == null ? null : DeliveryStatus.fromWireName(status),
        parseEventNames(query),
        query.id("endpoint_id"),
        query.time("from"),
        query.time("to"),
        query.text("q", MAX_SEARCH_LENGTH),
        parseResult(query),
        parseTrigger(query),
        parseGrouped(query));
  }

  private static @Nullable ResultFilter parseResult(QueryParams query) {
    String text = query.text("result", MAX_RESULT_LENGTH);
    ResultFilter result = text == null ? null : ResultFilter.parse(text);
    if (text != null && result == null) {
      query.addError(
          "result",
          "Give a status code such as 503, a class of codes such as 5xx, an error class such as"
              + " response_timeout, or failed for any failure."
              + Suggestions.question(text, RESULT_WORDS));
    }
    return result;
  }

  private static @Nullable Trigger parseTrigger(QueryParams query) {
    String text = query.oneOf("trigger", TRIGGERS);
    return text == null ? null : Trigger.fromWireName(text);
  }

  private static @Nullable Boolean parseGrouped(QueryParams query) {
    String text = query.oneOf("grouped", List.of("true", "false"));
    return text == null ? null : Boolean.valueOf(text);
  }

  /// All names of the event type.
  private @Nullable List<String> parseEventNames(QueryParams query) {
    String name = query.text("event", Limits.MAX_EVENT_NAME_LENGTH);
    if (name == null) {
      return null;
    }
    KnownEventType found = eventTypes.find(name);
    if (found == null) {
      query.addError("event", eventTypes.catalogue().explainUnknown(name));
      return null;
    }
    return found.definition().names().all();
  }

  private static String formatCursor(Cursor cursor) {
    return cursor.eventId() == null
        ? cursor.deliveryId().toString()
        : cursor.deliveryId() + " " + cursor.eventId();
  }

  private static Cursor parseCursor(String text) {
    String[] ids = text.split(" ", 2);
    return new Cursor(UUID.fromString(ids[0]), ids.length == 1 ? null : UUID.fromString(ids[1]));
  }

  private Response get(Request request) {
    return Response.ok(
        DeliveryView.DeliveryDetailView.of(
            deliveries.get(principal(request), companyId(request), deliveryId(request))));
  }

  private Response redeliver(Request request) throws InterruptedException {
    return ApiResponses.orConflict(
        deliveries.redeliver(principal(request), companyId(request), deliveryId(request)),
        delivery -> Response.accepted(DeliveryView.of(delivery)));
  }

  private Response cancel(Request request) throws InterruptedException {
    return ApiResponses.orConflict(
        deliveries.cancel(principal(request), companyId(request), deliveryId(request)),
        delivery -> Response.ok(DeliveryView.of(delivery)));
  }

  private static UUID deliveryId(Request request) {
    return request.pathId("delivery_id", "delivery");
  }
}
