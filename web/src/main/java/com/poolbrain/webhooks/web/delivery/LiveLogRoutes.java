package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.stream.BodyStream;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.live.LiveBatch;
import com.poolbrain.webhooks.management.live.LiveDeliveries;
import com.poolbrain.webhooks.management.live.LiveViewer;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.ListFilters;
import com.poolbrain.webhooks.web.page.Times;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The rows of the log as they change, as server-sent events: `time` with the time of the server,
/// `row` with a row, and `overflow` if there were more than can be told. Without news there is a
/// `time` every ten seconds.
public final class LiveLogRoutes {

  private static final String CONTENT_TYPE = "text/event-stream";

  private final CompanyPages pages;
  private final LiveDeliveries live;
  private final EndpointManagement endpoints;
  private final EventTypeRegistry eventTypes;
  private final int maxAttempts;

  /// @param maxAttempts of the retry schedule
  public LiveLogRoutes(
      CompanyPages pages,
      LiveDeliveries live,
      EndpointManagement endpoints,
      EventTypeRegistry eventTypes,
      int maxAttempts) {
    this.pages = pages;
    this.live = live;
    this.endpoints = endpoints;
    this.eventTypes = eventTypes;
    this.maxAttempts = maxAttempts;
  }

  public List<HttpRoute> routes() {
    return List.of(pages.get("/deliveries/live", Operation.READ_DELIVERIES, this::stream));
  }

  private Response stream(CompanyRequest request) {
    EndpointNames names = EndpointNames.of(endpoints, request);
    var filters = new ListFilters(request.paths().deliveries(), request.query(), request.times());
    DeliveryFilter filter =
        new DeliveryFilters(eventTypes.catalogue(), names).parse(filters, request.companyId());
    if (!filters.errors().isEmpty() || filter.searchText() != null) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID,
              "A filter is not valid, or a search, which can't be followed live. Go back to the"
                  + " list, and switch Live on there."));
    }
    LiveViewer viewer = live.watch(request.principal(), request.signedIn().sessionId(), filter);
    var rows = new Rows(request, names);
    return Response.stream(
            CONTENT_TYPE,
            BodyStream.of(
                writer -> {
                  writer.write(ServerSentEvents.retryAfter(3_000));
                  for (LiveBatch batch = viewer.next(); batch != null; batch = viewer.next()) {
                    writer.write(rows.events(batch));
                  }
                },
                viewer::close))
        .withHeader("Cache-Control", "no-store");
  }

  /// Renders rows for one viewer.
  private final class Rows {

    private final CompanyRequest request;
    private final Set<UUID> deletedEndpoints = new HashSet<>();
    private EndpointNames names;

    Rows(CompanyRequest request, EndpointNames names) {
      this.request = request;
      this.names = names;
    }

    byte[] events(LiveBatch batch) {
      readNewNames(batch.deliveries());
      Times times = pages.timesNow(request);
      var events = new ServerSentEvents();
      events.add("time", times.machine(times.now()));
      for (LoggedDelivery delivery : batch.deliveries()) {
        DeliveryRow row = DeliveryRow.of(delivery, names, maxAttempts, request.paths());
        events.add("row", pages.fragment("delivery/row.jte", Map.of("row", row, "times", times)));
      }
      if (!batch.isComplete()) {
        events.add("overflow", "");
      }
      return events.bytes();
    }

    /// An endpoint may have been created since the stream began.
    private void readNewNames(List<LoggedDelivery> deliveries) {
      if (deliveries.stream().anyMatch(this::isNew)) {
        names = EndpointNames.of(endpoints, request);
        deliveries.stream()
            .map(LoggedDelivery::endpointId)
            .filter(id -> names.find(id) == null)
            .forEach(deletedEndpoints::add);
      }
    }

    private boolean isNew(LoggedDelivery delivery) {
      UUID id = delivery.endpointId();
      return names.find(id) == null && !deletedEndpoints.contains(id);
    }
  }
}
