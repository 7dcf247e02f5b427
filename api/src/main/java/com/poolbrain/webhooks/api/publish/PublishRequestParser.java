package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishRequest.IdempotentRequest;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.events.InvalidJsonException;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Parses the body of a publish request in one pass over its tokens, and finds all its errors.
///
/// ```java
/// var parser = new PublishRequestParser(EventTypeRegistry.builtIn());
/// ParseResult result = parser.parse(body, principal, idempotencyKey);
/// ```
public final class PublishRequestParser {

  private final PublishableTypes types;

  /// Creates a parser for the types of a registry.
  public PublishRequestParser(EventTypeRegistry eventTypes) {
    types = new PublishableTypes(eventTypes);
  }

  /// Parses one request.
  ///
  /// @param idempotencyKey the `Idempotency-Key` header; null if it was not sent
  public ParseResult parse(byte[] body, Principal principal, @Nullable String idempotencyKey) {
    if (idempotencyKey != null && !RequestFingerprint.isValidKey(idempotencyKey)) {
      return new ParseResult.Invalid(
          Problem.of(
              ProblemType.INVALID, "The Idempotency-Key header " + RequestFingerprint.KEY_FORMAT));
    }
    var validationErrors = new ValidationErrors();
    try (StrictJsonReader json = StrictJsonReader.open(body)) {
      JsonToken firstToken = json.next();
      if (firstToken == null) {
        return new ParseResult.Invalid(
            Problem.malformed("", "The body is empty; send an event, or an array of events."));
      }
      boolean isArray = firstToken == JsonToken.START_ARRAY;
      List<PublishedEvent> events =
          parseEvents(
              json,
              isArray,
              new EventParser(types, principal.companyId(), validationErrors),
              validationErrors);
      json.requireEnd();
      return validationErrors.isEmpty()
          ? new ParseResult.Parsed(
              new PublishRequest(events, toIdempotentRequest(principal, idempotencyKey, events)),
              isArray)
          : new ParseResult.Invalid(toProblem(validationErrors));
    } catch (InvalidJsonException malformed) {
      return new ParseResult.Invalid(Problem.of(malformed));
    } catch (ProblemException problemException) {
      return new ParseResult.Invalid(problemException.problem());
    }
  }

  private static List<PublishedEvent> parseEvents(
      StrictJsonReader json,
      boolean isArray,
      EventParser parser,
      ValidationErrors validationErrors) {
    List<PublishedEvent> events = new ArrayList<>();
    if (!isArray) {
      addIfValid(parser.parse(json), events);
      return events;
    }
    int objectCount = 0;
    while (json.next() != JsonToken.END_ARRAY) {
      if (++objectCount > Limits.MAX_REQUEST_OBJECTS) {
        throw new ProblemException(
            Problem.invalid(
                "", "Send at most %d events in an array.".formatted(Limits.MAX_REQUEST_OBJECTS)));
      }
      addIfValid(parser.parse(json), events);
    }
    if (objectCount == 0) {
      validationErrors.add("", "Send at least one event; the array is empty.");
    }
    return events;
  }

  private static void addIfValid(@Nullable PublishedEvent event, List<PublishedEvent> events) {
    if (event != null) {
      events.add(event);
    }
  }

  private static @Nullable IdempotentRequest toIdempotentRequest(
      Principal principal, @Nullable String key, List<PublishedEvent> events) {
    return key == null
        ? null
        : new IdempotentRequest(
            new IdempotencyKey("key:" + principal.keyId(), key),
            RequestFingerprint.compute(events));
  }

  private static Problem toProblem(ValidationErrors validationErrors) {
    List<FieldError> errors =
        new ArrayList<>(
            validationErrors.kept().stream()
                .map(validationError ->
                    FieldError.atPointer(validationError.pointer(), validationError.detail()))
                .toList());
    int omittedCount = validationErrors.count() - errors.size();
    if (omittedCount > 0) {
      errors.add(FieldError.atPointer("", "There are %d more errors.".formatted(omittedCount)));
    }
    return Problem.invalid(errors);
  }
}
