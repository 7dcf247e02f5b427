package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.api.manage.DeliveryView.AttemptView;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.events.DataValidator;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.ValidatedItem;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.http.JsonFields;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The test button: a sample, sent now.
final class TestSendRoutes {

  private static final String PING_EVENT = "webhook.ping";
  private static final int MAX_EVENT_NAME_LENGTH = 200;

  private final Engine engine;
  private final EventCatalogue eventCatalogue;

  TestSendRoutes(Engine engine, EventCatalogue eventCatalogue) {
    this.engine = engine;
    this.eventCatalogue = eventCatalogue;
  }

  /// What came of it.
  private record TestSendView(UUID deliveryId, AttemptView attempt) {}

  private record TestEvent(EventType type, PublishedEvent.EventItem eventItem) {}

  List<Route> routes() {
    return List.of(
        Route.post(EndpointRoutes.ENDPOINT_PATH + "/test", Scope.MANAGE, this::sendTest));
  }

  /// 409 for what may not be sent, saying what to switch on.
  static ProblemException notSendable(SkipReason reason, long company) {
    return new ProblemException(
        Problem.conflict(
            switch (reason) {
              case CANCELLED -> "The endpoint was deleted; there is nowhere to send this.";
              case WEBHOOKS_OFF ->
                  "Webhooks of company %d are off; switch them on with PATCH /api/v1/companies/%d {\"webhooks_enabled\": true}."
                      .formatted(company, company);
              case ENDPOINT_PAUSED -> "The endpoint is paused; resume it with {\"paused\": false}.";
              case UNSUBSCRIBED -> "The endpoint does not get this event; select it there first.";
            }));
  }

  /// 409 for what would be too much at once.
  static ProblemException tooManyAttempts() {
    return new ProblemException(
        Problem.conflict(
            "As many attempts as may be asked for at once are running, to this endpoint or in all;"
                + " wait until one has ended."));
  }

  private Response sendTest(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = EndpointRoutes.endpointId(request);
    TestEvent testEvent = toTestEvent(request);
    return switch (engine.sendTest(company, id, testEvent.type(), testEvent.eventItem())) {
      case ManualAttemptResult.Completed(var recorded) ->
          Response.ok(new TestSendView(recorded.claim().id(), toAttemptView(recorded)));
      case ManualAttemptResult.Forbidden(var reason) -> throw notSendable(reason, company);
      case ManualAttemptResult.Busy _, ManualAttemptResult.Started _ ->
          throw new ProblemException(
              Problem.conflict("The test could not be made now; try again in a moment."));
      case ManualAttemptResult.LimitReached _ -> throw tooManyAttempts();
      case ManualAttemptResult.SecretUnreadable _ -> throw EndpointRoutes.unreadableSecret();
      case ManualAttemptResult.NotFound _ -> throw EndpointRoutes.endpointNotFound(company, id);
    };
  }

  private TestEvent toTestEvent(Request request) {
    if (request.body().length == 0) {
      return toTestEvent(requireDefinition(PING_EVENT), null);
    }
    JsonFields jsonFields = request.jsonFields();
    String name = jsonFields.optionalText("event", MAX_EVENT_NAME_LENGTH);
    byte[] data = jsonFields.isNull("data") ? null : jsonFields.raw("data");
    EventTypeDefinition definition =
        eventCatalogue
            .find(name == null ? PING_EVENT : name)
            .map(ResolvedEventType::type)
            .orElse(null);
    if (definition == null) {
      jsonFields.addError("/event", eventCatalogue.explainUnknown(String.valueOf(name)));
    }
    jsonFields.rejectInvalid();
    return toTestEvent(definition == null ? requireDefinition(PING_EVENT) : definition, data);
  }

  private EventTypeDefinition requireDefinition(String name) {
    return eventCatalogue.find(name).map(ResolvedEventType::type).orElseThrow();
  }

  private static TestEvent toTestEvent(EventTypeDefinition definition, byte @Nullable [] data) {
    EventType type =
        new EventType(definition.name(), definition.aliases(), definition.mayBeGrouped());
    byte[] ascii =
        data == null
            ? definition.samples().single().getBytes(StandardCharsets.US_ASCII)
            : validateData(definition, data);
    return new TestEvent(type, new PublishedEvent.EventItem(ascii, List.of()));
  }

  private static byte[] validateData(EventTypeDefinition definition, byte[] data) {
    ValidationErrors validationErrors = new ValidationErrors();
    ValidatedItem item;
    try (StrictJsonReader json = StrictJsonReader.open(data, "/data")) {
      json.next();
      item = new DataValidator(validationErrors).validate(json, definition.schema());
    }
    if (item == null) {
      throw new ProblemException(
          Problem.invalid(
              validationErrors.kept().stream()
                  .map(error -> Problem.FieldError.atPointer(error.pointer(), error.detail()))
                  .toList()));
    }
    if (item.bytes().length > Limits.MAX_CHUNK_BYTES) {
      throw new ProblemException(
          Problem.invalid(
              "/data",
              "Has more than %d bytes when every character outside ASCII is escaped."
                  .formatted(Limits.MAX_CHUNK_BYTES)));
    }
    return item.bytes();
  }

  private static AttemptView toAttemptView(DeliveryRecorded recorded) {
    Attempt attempt = recorded.attempt();
    EndpointResponse response =
        switch (attempt.outcome()) {
          case Delivered(var received) -> received;
          case Failed failed -> failed.response();
        };
    String error =
        switch (attempt.outcome()) {
          case Delivered _ -> null;
          case Failed failed -> failed.error().wireName();
        };
    return new AttemptView(
        recorded.recordedResult().attemptNumber(),
        attempt.trigger().wireName(),
        attempt.startedAt(),
        attempt.duration().toMillis(),
        response == null ? null : response.statusCode(),
        error,
        response == null ? null : response.body(),
        null);
  }
}
