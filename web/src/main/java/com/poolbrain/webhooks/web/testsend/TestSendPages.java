package com.poolbrain.webhooks.web.testsend;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.InvalidJsonException;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.TestSend;
import com.poolbrain.webhooks.management.TestSend.TestEvent;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.store.query.DeliveryDetail;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.OptionView;
import com.poolbrain.webhooks.web.component.SelectView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.PrettyJson;
import com.poolbrain.webhooks.web.page.Tab;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sends a test to an endpoint: the ping, or an event that it subscribes with a sample that the
/// user may edit. The sample is checked as published data is.
public final class TestSendPages {

  private static final String PING = "webhook.ping";
  private static final String DATA = "data";

  private final CompanyPages pages;
  private final EndpointManagement endpoints;
  private final DeliveryManagement deliveries;
  private final TestSend testSend;
  private final EventTypeRegistry eventTypes;

  public TestSendPages(
      CompanyPages pages,
      EndpointManagement endpoints,
      DeliveryManagement deliveries,
      TestSend testSend,
      EventTypeRegistry eventTypes) {
    this.pages = pages;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.testSend = testSend;
    this.eventTypes = eventTypes;
  }

  /// What the form shows beside the endpoint.
  ///
  /// @param event name of the selected event
  /// @param data the sample, as typed
  private record Content(
      String event,
      String data,
      List<ValidationError> errors,
      @Nullable TestResultView test,
      @Nullable String refusal) {

    /// Data may have content of customers.
    @Override
    public String toString() {
      return "Content[" + event + "]";
    }
  }

  /// The form with the sample of the event that the query names, or with what was sent last.
  public Response show(CompanyRequest request) {
    Endpoint endpoint = endpoint(request);
    DeliveryDetail tested = findTested(request);
    if (tested != null) {
      String data = new String(tested.event().data(), StandardCharsets.UTF_8);
      String path = request.paths().delivery(tested.delivery().id());
      var content =
          new Content(
              tested.delivery().eventName(),
              PrettyJson.of(data),
              List.of(),
              TestResultView.of(tested, path),
              null);
      return show(200, request, endpoint, content);
    }
    String asked = request.query().text("event");
    String event = names(endpoint).contains(asked) ? asked : names(endpoint).getFirst();
    return show(200, request, endpoint, new Content(event, sample(event), List.of(), null, null));
  }

  /// Sends what the form says.
  public Response send(CompanyRequest request) throws InterruptedException {
    Endpoint endpoint = endpoint(request);
    String event = request.form().text("event");
    String data = request.form().text(DATA);
    TestEvent toSend;
    try {
      toSend = new TestEvent(event, compact(data));
    } catch (InvalidJsonException invalid) {
      ValidationError error = invalid.toValidationError();
      return show(422, request, endpoint, new Content(event, data, List.of(error), null, null));
    }
    List<ValidationError> errors = testSend.validate(toSend);
    if (!errors.isEmpty()) {
      return show(422, request, endpoint, new Content(event, data, errors, null, null));
    }
    return switch (testSend.send(request.principal(), request.companyId(), endpoint.id(), toSend)) {
      case Result.Done<ManualAttemptResult.Completed>(var completed) ->
          pages.seeOther(path(request, endpoint) + "?tested=" + completed.sent().claim().id());
      case Result.Refused<ManualAttemptResult.Completed>(var advice) ->
          show(409, request, endpoint, new Content(event, data, List.of(), null, advice));
    };
  }

  private static byte[] compact(String data) {
    return AsciiJsonCopier.compact(data.getBytes(StandardCharsets.UTF_8));
  }

  private Endpoint endpoint(CompanyRequest request) {
    return endpoints.get(request.principal(), request.companyId(), request.endpointId()).endpoint();
  }

  private static String path(CompanyRequest request, Endpoint endpoint) {
    return request.paths().endpoint(endpoint.id(), "/test");
  }

  /// The events that can be sent, the subscribed ones first.
  private static List<String> names(Endpoint endpoint) {
    return Stream.concat(endpoint.subscribedEvents().stream(), Stream.of(PING)).toList();
  }

  private String sample(String event) {
    return eventTypes
        .catalogue()
        .find(event)
        .map(ResolvedEventType::type)
        .map(type -> PrettyJson.of(type.samples().single()))
        .orElse("{}");
  }

  /// The test send that the query names; null if it names none of this endpoint.
  private @Nullable DeliveryDetail findTested(CompanyRequest request) {
    UUID id = UuidText.parse(request.query().text("tested"));
    DeliveryDetail detail = id == null ? null : TestResultView.findDetail(deliveries, request, id);
    return detail != null && detail.delivery().isTest() ? detail : null;
  }

  private Response show(int status, CompanyRequest request, Endpoint endpoint, Content content) {
    String host = String.valueOf(endpoint.url().getHost());
    List<FormError> errors =
        content.errors().stream()
            .map(error -> new FormError("f-" + DATA, label(error), error.detail()))
            .toList();
    FieldView sample =
        FieldView.of(DATA, "Data", content.data())
            .withHint("Checked against the schema of the event before it is sent.")
            .withError(
                errors.isEmpty() ? null : "This sample can’t be sent. See above what to change.");
    var view =
        new TestSendView(
            path(request, endpoint),
            request.paths().endpoint(endpoint.id()),
            host,
            new SelectView("event", "Event", options(endpoint, content.event())),
            content.event(),
            sample,
            errors,
            content.test(),
            content.refusal());
    return pages.show(status, request, Tab.ENDPOINTS, "Send a test", "testsend/page.jte", view);
  }

  /// Where the error is, below the data: `customerId`.
  private static String label(ValidationError error) {
    String place = error.pointer().replaceFirst("^/(data(/|$))?", "");
    return place.isEmpty() ? "Data" : place;
  }

  private static List<OptionView> options(Endpoint endpoint, String chosen) {
    return names(endpoint).stream()
        .map(name -> new OptionView(name, name, name.equals(chosen)))
        .toList();
  }
}
