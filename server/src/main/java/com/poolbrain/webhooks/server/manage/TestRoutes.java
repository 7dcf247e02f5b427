package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Trial;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.CheckedItem;
import com.poolbrain.webhooks.events.DataCheck;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.NamedEventType;
import com.poolbrain.webhooks.events.Problems;
import com.poolbrain.webhooks.events.StrictJson;
import com.poolbrain.webhooks.server.http.Fields;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.server.manage.DeliveryView.AttemptView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The test button: a sample, sent now.
final class TestRoutes {

  private static final String PING = "webhook.ping";
  private static final int LONGEST_NAME = 200;

  private final Engine engine;
  private final Catalogue catalogue;

  TestRoutes(Engine engine, Catalogue catalogue) {
    this.engine = engine;
    this.catalogue = catalogue;
  }

  /// What came of it.
  private record Tested(UUID deliveryId, AttemptView attempt) {}

  private record Sample(EventType type, Part.Item item) {}

  List<Route> routes() {
    return List.of(Route.post(EndpointRoutes.ENDPOINT + "/test", Scope.MANAGE, this::test));
  }

  /// 409 for what may not be sent, saying what to switch on.
  static Refusal forbidden(SkipReason reason, long company) {
    return new Refusal(
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
  static Refusal tooMany() {
    return new Refusal(
        Problem.conflict(
            "As many attempts as may be asked for at once are running, to this endpoint or in all;"
                + " wait until one has ended."));
  }

  private Response test(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = EndpointRoutes.id(request);
    Sample sample = sample(request);
    return switch (engine.test(company, id, sample.type(), sample.item())) {
      case Trial.Made(var finished) ->
          Response.ok(new Tested(finished.claim().id(), attempt(finished)));
      case Trial.Forbidden(var reason) -> throw forbidden(reason, company);
      case Trial.Busy _, Trial.Started _ ->
          throw new Refusal(
              Problem.conflict("The test could not be made now; try again in a moment."));
      case Trial.TooMany _ -> throw tooMany();
      case Trial.Unsigned _ -> throw EndpointRoutes.unreadable();
      case Trial.Unknown _ -> throw EndpointRoutes.unknown(company, id);
    };
  }

  private Sample sample(Request request) {
    if (request.body().length == 0) {
      return sample(definition(PING), null);
    }
    Fields fields = request.fields();
    String name = fields.optionalText("event", LONGEST_NAME);
    byte[] data = fields.isNull("data") ? null : fields.raw("data");
    EventTypeDefinition definition =
        catalogue.find(name == null ? PING : name).map(NamedEventType::type).orElse(null);
    if (definition == null) {
      fields.fault("/event", catalogue.unknownSentence(String.valueOf(name)));
    }
    fields.end();
    return sample(definition == null ? definition(PING) : definition, data);
  }

  private EventTypeDefinition definition(String name) {
    return catalogue.find(name).map(NamedEventType::type).orElseThrow();
  }

  private static Sample sample(EventTypeDefinition definition, byte @Nullable [] data) {
    EventType type =
        new EventType(definition.name(), definition.aliases(), definition.mayBeGrouped());
    byte[] ascii =
        data == null
            ? definition.samples().single().getBytes(StandardCharsets.US_ASCII)
            : checked(definition, data);
    return new Sample(type, new Part.Item(ascii, List.of()));
  }

  private static byte[] checked(EventTypeDefinition definition, byte[] data) {
    Problems problems = new Problems();
    CheckedItem item;
    try (StrictJson json = StrictJson.open(data, "/data")) {
      json.next();
      item = new DataCheck(problems).read(json, definition.schema());
    }
    if (item == null) {
      throw new Refusal(
          Problem.invalid(
              problems.kept().stream()
                  .map(p -> Problem.Fault.at(p.pointer(), p.detail()))
                  .toList()));
    }
    if (item.ascii().length > Limits.CHUNK_BYTES) {
      throw new Refusal(
          Problem.invalid(
              "/data",
              "Has more than %d bytes when every character outside ASCII is escaped."
                  .formatted(Limits.CHUNK_BYTES)));
    }
    return item.ascii();
  }

  private static AttemptView attempt(AttemptFinished finished) {
    Attempt attempt = finished.attempt();
    Answer answer =
        switch (attempt.outcome()) {
          case Delivered(var got) -> got;
          case Failed failed -> failed.answer();
        };
    String error =
        switch (attempt.outcome()) {
          case Delivered _ -> null;
          case Failed failed -> failed.error().word();
        };
    return new AttemptView(
        finished.settled().number(),
        attempt.trigger().word(),
        attempt.startedAt(),
        attempt.duration().toMillis(),
        answer == null ? null : answer.status(),
        error,
        answer == null ? null : answer.body(),
        null);
  }
}
