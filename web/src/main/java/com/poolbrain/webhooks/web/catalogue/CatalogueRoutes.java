package com.poolbrain.webhooks.web.catalogue;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.events.DataField;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.eventtype.EventTypeManagement;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import com.poolbrain.webhooks.web.catalogue.EventTypePageView.Field;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.PrettyJson;
import com.poolbrain.webhooks.web.page.QueryText;
import com.poolbrain.webhooks.web.page.Tab;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// The tab Event catalogue.
public final class CatalogueRoutes {

  private static final String PATH = "/events";
  private static final Duration NOTICE_PERIOD = Duration.ofDays(30);

  /// The id in samples, which belongs to no delivery.
  private static final UUID SAMPLE_ID = UUID.fromString("0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d");

  private static final Instant SAMPLE_TIME = Instant.parse("2026-02-13T06:42:24.705Z");

  private final CompanyPages pages;
  private final EventTypeManagement eventTypes;
  private final EndpointManagement endpoints;
  private final String openApi;

  /// @param openApi path of the OpenAPI document
  public CatalogueRoutes(
      CompanyPages pages,
      EventTypeManagement eventTypes,
      EndpointManagement endpoints,
      String openApi) {
    this.pages = pages;
    this.eventTypes = eventTypes;
    this.endpoints = endpoints;
    this.openApi = openApi;
  }

  public List<HttpRoute> routes() {
    return List.of(
        pages.get(PATH, Operation.READ_EVENT_TYPES, this::list),
        pages.get(PATH + "/{name}", Operation.READ_EVENT_TYPES, this::show),
        pages.get(PATH + "/{name}/schema.json", Operation.READ_EVENT_TYPES, this::schema));
  }

  private Response list(CompanyRequest request) {
    String search = request.query().text("q").strip();
    PagePaths paths = request.paths();
    Subscribers subscribers = subscribers(request);
    List<KnownEventType> all = eventTypes.list(request.principal());
    Map<String, List<EventTypeCard>> byCategory = new LinkedHashMap<>();
    for (KnownEventType known : all) {
      EventTypeDefinition type = known.definition();
      if (matches(type, search.toLowerCase(Locale.ROOT))) {
        byCategory
            .computeIfAbsent(type.category(), _ -> new ArrayList<>())
            .add(EventTypeCard.of(type, path(paths, type), subscribers));
      }
    }
    var view =
        new CatalogueView(
            paths.of(PATH),
            search,
            openApi,
            byCategory.entrySet().stream()
                .map(group -> new CatalogueView.Group(group.getKey(), group.getValue()))
                .toList(),
            all.stream().flatMap(known -> changes(known, request).stream()).toList());
    return pages.show(request, Tab.CATALOGUE, "Event catalogue", "catalogue/list.jte", view);
  }

  private static boolean matches(EventTypeDefinition type, String search) {
    var text = new StringBuilder(type.description()).append(' ').append(type.category());
    type.names().all().forEach(name -> text.append(' ').append(name));
    type.schema().fields().forEach(field -> text.append(' ').append(field.name()));
    return text.toString().toLowerCase(Locale.ROOT).contains(search);
  }

  private static String path(PagePaths paths, EventTypeDefinition type) {
    return paths.of(PATH + "/" + type.name());
  }

  private Subscribers subscribers(CompanyRequest request) {
    return new Subscribers(
        endpoints
            .list(request.principal(), request.companyId(), null, Limits.MAX_ENDPOINTS_PER_COMPANY)
            .items()
            .stream()
            .map(EndpointWithHealth::endpoint)
            .toList());
  }

  private static List<CatalogueView.Change> changes(KnownEventType known, CompanyRequest request) {
    Instant since = request.times().now().minus(NOTICE_PERIOD);
    EventTypeDefinition type = known.definition();
    return known.changes().stream()
        .filter(change -> change.at().isAfter(since) && !change.notices().isEmpty())
        .map(change ->
            new CatalogueView.Change(
                type.name(), path(request.paths(), type), change.at(), change.notices()))
        .toList();
  }

  private Response show(CompanyRequest request) {
    KnownEventType known = eventTypes.get(request.principal(), request.pathVariable("name"));
    EventTypeDefinition type = known.definition();
    PagePaths paths = request.paths();
    String grouped = type.samples().grouped();
    var view =
        new EventTypePageView(
            type.name(),
            type.description(),
            type.category(),
            type.mayBeGrouped(),
            type.mayBeSubscribed(),
            type.aliases(),
            type.schema().fields().stream().map(field -> field(field, type)).toList(),
            envelope(type, request.companyId(), type.samples().single()),
            grouped == null ? null : envelope(type, request.companyId(), grouped),
            path(paths, type) + "/schema.json",
            openApi,
            paths.of(PATH),
            QueryText.append(paths.deliveries(), Map.of("event", type.name())),
            subscribers(request).of(type, paths),
            changes(known, request));
    return pages.show(request, Tab.CATALOGUE, type.name(), "catalogue/type.jte", view);
  }

  private static Field field(DataField field, EventTypeDefinition type) {
    return new Field(
        field.name(),
        describe(field.type()),
        field.required(),
        type.schema().searchableFields().contains(field.name()),
        field.description());
  }

  private static String describe(DataField.Type type) {
    String text =
        type.allowedValues().isEmpty()
            ? type.kind().name().toLowerCase(Locale.ROOT)
            : "one of " + String.join(", ", type.allowedValues());
    return type.nullable() ? text + ", or null" : text;
  }

  private static String envelope(EventTypeDefinition type, long companyId, String data) {
    byte[] envelope =
        Envelope.write(
            SAMPLE_ID,
            type.name(),
            companyId,
            SAMPLE_TIME,
            data.getBytes(StandardCharsets.US_ASCII));
    return PrettyJson.of(new String(envelope, StandardCharsets.US_ASCII));
  }

  private Response schema(CompanyRequest request) {
    EventTypeDefinition type =
        eventTypes.get(request.principal(), request.pathVariable("name")).definition();
    return new Response(
        200,
        "application/schema+json",
        type.schema().json().getBytes(StandardCharsets.UTF_8),
        Map.of(
            "Content-Disposition",
            "attachment; filename=\"" + type.name() + ".schema.json\"",
            "Cache-Control",
            "no-store"));
  }
}
