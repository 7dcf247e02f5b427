package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointInput;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.StaleVersion;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.probe.KnownRedirect;
import com.poolbrain.webhooks.management.probe.UrlCheck;
import com.poolbrain.webhooks.management.probe.UrlChecks;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Toast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates and changes endpoints, and checks URLs while they are typed.
final class EndpointFormRoutes {

  private static final String TEMPLATE = "endpoint/form.jte";

  private final CompanyPages pages;
  private final EndpointManagement endpoints;
  private final DeliveryManagement deliveries;
  private final UrlChecks urlChecks;
  private final Subscription subscription;
  private final DeliveryPromise promise;

  EndpointFormRoutes(
      CompanyPages pages,
      EndpointManagement endpoints,
      DeliveryManagement deliveries,
      UrlChecks urlChecks,
      EventTypeRegistry eventTypes,
      DeliveryPromise promise) {
    this.pages = pages;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.urlChecks = urlChecks;
    this.subscription = new Subscription(eventTypes);
    this.promise = promise;
  }

  List<HttpRoute> routes() {
    var change = Operation.CHANGE_ENDPOINTS;
    return List.of(
        pages.get("/endpoints/new", change, this::showNew),
        pages.form("/endpoints", change, this::create),
        pages.form("/endpoints/check-url", change, this::checkUrl),
        pages.get("/endpoints/{endpoint_id}/edit", change, this::showEdit),
        pages.form("/endpoints/{endpoint_id}", change, this::save));
  }

  private Response showNew(CompanyRequest request) {
    return show(200, request, EndpointForm.empty(), null, null);
  }

  private Response showEdit(CompanyRequest request) {
    Endpoint endpoint =
        endpoints.get(request.principal(), request.companyId(), request.endpointId()).endpoint();
    return show(200, request, EndpointForm.of(endpoint), endpoint, null);
  }

  private Response checkUrl(CompanyRequest request) throws InterruptedException {
    String url = request.form().text("url").strip();
    if (url.isEmpty()) {
      return part(UrlChecksView.none());
    }
    UrlCheck check =
        request.form().has("probe")
            ? urlChecks.probe(
                request.principal(), request.companyId(), request.signedIn().sessionId(), url)
            : urlChecks.check(request.principal(), request.companyId(), url);
    UUID endpointId = UuidText.parse(request.form().text("endpoint_id"));
    return part(UrlChecksView.of(check, request.times()).with(redirect(request, endpointId), url));
  }

  /// @param endpointId null for a new endpoint
  private @Nullable KnownRedirect redirect(CompanyRequest request, @Nullable UUID endpointId) {
    return endpointId == null
        ? null
        : KnownRedirect.find(deliveries, request.principal(), request.companyId(), endpointId);
  }

  private Response part(UrlChecksView view) {
    return pages.part(200, "endpoint/url-checks.jte", Map.of("view", view));
  }

  private Response create(CompanyRequest request) throws InterruptedException {
    EndpointForm form = EndpointForm.parse(request.form());
    List<ValidationError> errors = new ArrayList<>();
    EndpointInput input = form.toInput(errors);
    errors.addAll(endpoints.validateNew(input));
    if (!errors.isEmpty()) {
      return show(422, request, form.withErrors(errors), null, null);
    }
    return switch (endpoints.create(request.principal(), request.companyId(), input)) {
      case Result.Done<Endpoint>(var endpoint) ->
          pages.done(request.paths().endpoint(endpoint.id(), "/setup"), Toast.ENDPOINT_CREATED);
      case Result.Refused<Endpoint>(var advice) ->
          show(409, request, form.withError("url", advice), null, null);
    };
  }

  private Response save(CompanyRequest request) throws InterruptedException {
    EndpointForm form = EndpointForm.parse(request.form());
    Endpoint present =
        endpoints.get(request.principal(), request.companyId(), request.endpointId()).endpoint();
    List<ValidationError> errors = new ArrayList<>();
    EndpointInput input = form.toInput(errors);
    errors.addAll(endpoints.validateChange(input));
    if (!errors.isEmpty()) {
      return show(422, request, form.withErrors(errors), present, null);
    }
    try {
      return switch (endpoints.update(
          request.principal(), request.companyId(), present.id(), input, version(form))) {
        case Result.Done<?> _ ->
            pages.done(request.paths().endpoint(present.id()), Toast.ENDPOINT_SAVED);
        case Result.Refused<?>(var advice) ->
            show(409, request, form.withError("url", advice), present, null);
      };
    } catch (StaleVersion stale) {
      return show(412, request, form, present, String.valueOf(stale.getMessage()));
    } catch (InvalidInput invalid) {
      return show(422, request, form.withErrors(invalid.errors()), present, null);
    }
  }

  private static @Nullable Long version(EndpointForm form) {
    return form.version().matches("[0-9]{1,18}") ? Long.valueOf(form.version()) : null;
  }

  /// @param endpoint null for a new one
  private Response show(
      int status,
      CompanyRequest request,
      EndpointForm form,
      @Nullable Endpoint endpoint,
      @Nullable String conflict) {
    boolean isNew = endpoint == null;
    UUID endpointId = endpoint == null ? null : endpoint.id();
    String heading = isNew ? "Add endpoint" : "Edit endpoint";
    String back =
        endpoint == null ? request.paths().home() : request.paths().endpoint(endpoint.id());
    Map<String, String> errors = form.errors();
    var view =
        new EndpointFormView(
            endpointId,
            heading,
            isNew ? request.paths().of("/endpoints") : back,
            back,
            request.paths().of("/endpoints/check-url"),
            field(form, "url")
                .withType("url")
                .withHint("Where your server accepts POST requests. Checking it sends no request."),
            UrlChecksView.none().with(redirect(request, endpointId), form.text("url")),
            groups(form.events()),
            errors.get("events"),
            field(form, "description").asOptional(),
            field(form, "alert_emails")
                .withType("textarea")
                .withHint("Up to five addresses, one a line. They are told when deliveries fail.")
                .asOptional(),
            limits(form),
            form.standardWebhooks(),
            errors.get("standard_webhooks"),
            form.traceContext(),
            (!isNew && hasLimits(form)) || errors.keySet().stream().anyMatch(this::isAdvanced),
            // A stale form gets the present version: saving it again is a decision.
            conflict == null || endpoint == null
                ? form.version()
                : Long.toString(endpoint.version()),
            form.errorList(),
            conflict,
            promise.retries());
    return pages.show(status, request, Tab.ENDPOINTS, heading, TEMPLATE, view);
  }

  private boolean isAdvanced(String field) {
    return field.endsWith("_seconds")
        || field.equals("max_concurrency")
        || field.equals("rate_per_second")
        || field.equals("standard_webhooks");
  }

  private static boolean hasLimits(EndpointForm form) {
    return form.standardWebhooks()
        || form.traceContext()
        || !form.text("timeout_seconds").isEmpty()
        || !form.text("max_concurrency").isEmpty()
        || !form.text("rate_per_second").isEmpty();
  }

  private List<FieldView> limits(EndpointForm form) {
    return List.of(
        field(form, "timeout_seconds")
            .withType("number")
            .withHint("Seconds, 1 to 30. Empty: " + promise.timeout() + ".")
            .asOptional(),
        field(form, "max_concurrency")
            .withType("number")
            .withHint("1 to 256. Empty: " + promise.concurrency() + ".")
            .asOptional(),
        field(form, "rate_per_second")
            .withType("number")
            .withHint("Empty: as fast as your server answers.")
            .asOptional());
  }

  private static FieldView field(EndpointForm form, String name) {
    return FieldView.of(name, String.valueOf(EndpointForm.LABELS.get(name)), form.text(name))
        .withError(form.errors().get(name));
  }

  private List<EventChoice.Group> groups(List<String> subscribed) {
    return subscription.byGroup().entrySet().stream()
        .map(group ->
            new EventChoice.Group(
                group.getKey(),
                group.getValue().stream().map(type -> EventChoice.of(type, subscribed)).toList()))
        .toList();
  }
}
