package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.intake.PublishedEvent.EventItem;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.ValidatedItem;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends a test event to an endpoint at once.
public final class TestSend {

  private static final String PING_EVENT = "webhook.ping";

  private final Engine engine;
  private final EventTypeRegistry eventTypes;
  private final AuditedChanges changes;

  public TestSend(Engine engine, EventTypeRegistry eventTypes, AuditedChanges changes) {
    this.engine = engine;
    this.eventTypes = eventTypes;
    this.changes = changes;
  }

  /// The event of a test.
  ///
  /// @param name canonical or an alias, in any case; null for the ping
  /// @param data one object as ASCII JSON; null for the sample of the event type
  public record TestEvent(@Nullable String name, byte @Nullable [] data) {}

  private record Resolved(KnownEventType known, EventItem item) {}

  /// The rules that a test event breaks.
  public List<ValidationError> validate(TestEvent event) {
    var errors = new ValidationErrors();
    resolve(event, errors);
    return errors.kept();
  }

  /// Sends the event once and waits for the result of the attempt.
  public Result<ManualAttemptResult.Completed> send(
      Principal principal, long companyId, UUID endpointId, TestEvent event)
      throws InterruptedException {
    Operation.TEST_ENDPOINT.require(principal, companyId);
    var errors = new ValidationErrors();
    Resolved resolved = resolve(event, errors);
    if (resolved == null) {
      throw new InvalidInput(errors.kept());
    }
    EventType type = resolved.known().type();
    return switch (engine.sendTest(
        companyId, endpointId, type, resolved.item(), principal.actor().name())) {
      case ManualAttemptResult.Completed completed -> {
        changes.record(
            principal,
            AuditAction.ENDPOINT_TESTED,
            Subject.delivery(companyId, endpointId, completed.sent().claim().id()),
            FieldChanges.none().added("event", completed.sent().claim().eventName()));
        yield new Done<>(completed);
      }
      case ManualAttemptResult.Forbidden(var reason) ->
          new Refused<>(RefusalText.notSendable(reason, companyId));
      case ManualAttemptResult.Busy _,
          ManualAttemptResult.Started _,
          ManualAttemptResult.Erased _ ->
          new Refused<>("The test could not be sent now; repeat it in a moment.");
      case ManualAttemptResult.LimitReached _ -> new Refused<>(RefusalText.TOO_MANY_ATTEMPTS);
      case ManualAttemptResult.SecretUnreadable _ -> new Refused<>(RefusalText.UNREADABLE_SECRET);
      case ManualAttemptResult.NotFound _ -> throw NotFound.endpoint(companyId, endpointId);
    };
  }

  private @Nullable Resolved resolve(TestEvent event, ValidationErrors errors) {
    String name = event.name() == null ? PING_EVENT : event.name();
    KnownEventType known = eventTypes.find(name);
    if (known == null) {
      errors.add("/event", eventTypes.catalogue().explainUnknown(name));
      return null;
    }
    byte[] data =
        event.data() == null
            ? known.definition().samples().single().getBytes(StandardCharsets.US_ASCII)
            : event.data();
    try (StrictJsonReader json = StrictJsonReader.open(data, "/data")) {
      json.next();
      ValidatedItem item =
          new EventItemValidator(errors).validate(json, known.definition().schema());
      return item == null ? null : new Resolved(known, EventItemValidator.toEventItem(item));
    }
  }
}
