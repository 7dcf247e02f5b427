package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.eventtype.EventTypeInput;
import com.poolbrain.webhooks.management.eventtype.EventTypeManagement;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import com.poolbrain.webhooks.store.Page;
import java.util.List;
import java.util.stream.Stream;

/// Routes of the catalogue of event types.
public final class EventTypeRoutes {

  private static final String EVENT_TYPES_PATH = "/api/v1/event-types";
  private static final String EVENT_TYPE_PATH = EVENT_TYPES_PATH + "/{name}";

  private final EventTypeManagement eventTypes;

  public EventTypeRoutes(EventTypeManagement eventTypes) {
    this.eventTypes = eventTypes;
  }

  public List<HttpRoute> routes() {
    var read = OperationAccess.to(Operation.READ_EVENT_TYPES);
    return List.of(
        HttpRoute.get(EVENT_TYPES_PATH, read, this::list),
        HttpRoute.get(EVENT_TYPE_PATH, read, this::get),
        HttpRoute.put(
            EVENT_TYPE_PATH, OperationAccess.to(Operation.CHANGE_EVENT_TYPES), this::put));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    CursorPaging<String> paging = CursorPaging.parse(query, "event types", name -> name);
    query.rejectInvalid();
    Stream<KnownEventType> types = eventTypes.list(principal(request)).stream();
    if (paging.position() != null) {
      types = types.dropWhile(type -> !nameOf(type).equals(paging.position())).skip(1);
    }
    Page<KnownEventType> page = Page.of(types.limit(paging.limit() + 1L).toList(), paging.limit());
    return Response.ok(paging.toList(page, EventTypeView::of, EventTypeRoutes::nameOf));
  }

  private static String nameOf(KnownEventType type) {
    return type.definition().name();
  }

  private Response get(Request request) {
    return Response.ok(
        EventTypeView.of(eventTypes.get(principal(request), request.pathVariable("name"))));
  }

  private Response put(Request request) throws InterruptedException {
    String name = request.pathVariable("name");
    JsonFields fields = request.jsonFields();
    String reservation = eventTypes.findReservation(name);
    if (reservation != null) {
      return Response.of(Problem.conflict(reservation));
    }
    EventTypeInput input = parse(fields);
    ApiRequests.rejectInvalid(fields, eventTypes.validate(name, input));
    return ApiResponses.orConflict(
        eventTypes.put(principal(request), name, input),
        put -> {
          EventTypeView view = EventTypeView.of(put.type());
          return put.created()
              ? Response.created(EVENT_TYPES_PATH + "/" + view.name(), view)
              : Response.ok(view);
        });
  }

  private static EventTypeInput parse(JsonFields fields) {
    return new EventTypeInput(
        fields.text("description"),
        fields.text("category"),
        fields.bool("may_be_grouped"),
        fields.raw("schema"),
        fields.raw("samples"),
        fields.texts("searchable"));
  }
}
