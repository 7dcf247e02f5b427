package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.engine.intake.PublishRequest.IdempotentRequest;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.events.WireTimestamp;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Parses the objects of one request, each in one pass. The fields of an object come in any order:
/// `data` before `event` is copied, and validated at the end of the object.
final class EventParser {

  private static final List<String> FIELD_NAMES =
      List.of("company_id", "event", "timestamp", "data", "operation", "idempotency_key");

  /// The fields of an object that have been parsed so far.
  private static final class Draft {
    private long companyId;
    private @Nullable KnownEventType type;
    private boolean hasEvent;
    private @Nullable Instant occurredAt;
    private @Nullable String operation;
    private @Nullable String idempotencyKey;
    private @Nullable List<PublishedEvent.EventItem> items;
    private byte @Nullable [] unvalidatedData;
    private boolean hasData;
    private boolean hasCompany;
  }

  private final PublishableTypes types;
  private final @Nullable Long ownCompanyId;
  private final ValidationErrors validationErrors;
  private final DataParser dataParser;

  /// @param ownCompanyId the only company that the publisher may publish for; null for all
  EventParser(
      PublishableTypes types, @Nullable Long ownCompanyId, ValidationErrors validationErrors) {
    this.types = types;
    this.ownCompanyId = ownCompanyId;
    this.validationErrors = validationErrors;
    this.dataParser = new DataParser(validationErrors);
  }

  /// Parses the current value to its end; null if it has errors.
  @Nullable PublishedEvent parse(StrictJsonReader json) {
    if (json.token() != JsonToken.START_OBJECT) {
      validationErrors.add(json, "Must be an object with company_id, event and data.");
      json.skipValue();
      return null;
    }
    int errorCountBefore = validationErrors.count();
    var draft = new Draft();
    while (json.next() == JsonToken.PROPERTY_NAME) {
      String name = json.name();
      json.next();
      parseField(json, name, draft);
    }
    String pointer = json.pointer();
    if (draft.unvalidatedData != null && draft.type != null) {
      draft.items =
          dataParser.parseCopy(
              draft.unvalidatedData, pointer + "/data", draft.type.definition().schema());
    }
    addMissingFields(draft, pointer);
    return validationErrors.count() == errorCountBefore ? toPublishedEvent(draft) : null;
  }

  private void parseField(StrictJsonReader json, String name, Draft draft) {
    switch (name) {
      case "company_id" -> parseCompany(json, draft);
      case "event" -> parseEventName(json, draft);
      case "data" -> parseData(json, draft);
      case "timestamp" -> parseTimestamp(json, draft);
      case "operation" -> draft.operation = parseOperation(json);
      case "idempotency_key" -> draft.idempotencyKey = parseIdempotencyKey(json);
      default -> {
        validationErrors.add(
            json,
            () -> "There is no such field in an event." + Suggestions.question(name, FIELD_NAMES));
        json.skipValue();
      }
    }
  }

  private void parseCompany(StrictJsonReader json, Draft draft) {
    draft.hasCompany = true;
    if (json.token() != JsonToken.VALUE_NUMBER_INT) {
      validationErrors.add(
          json,
          "Must be the company's number, in plain digits"
              + (json.token() == JsonToken.VALUE_STRING ? " without quotes." : "."));
      json.skipValue();
      return;
    }
    String digits = json.text();
    long id = digits.length() <= 16 ? Long.parseLong(digits) : 0;
    if (id < Company.MIN_ID || id > Company.MAX_ID) {
      validationErrors.add(
          json, "Must be from %d to %d.".formatted(Company.MIN_ID, Company.MAX_ID));
    } else if (ownCompanyId != null && ownCompanyId != id) {
      validationErrors.add(json, () -> unknownCompanyMessage(id));
    } else {
      draft.companyId = id;
    }
  }

  /// The message for a company that does not exist, and for one that the key can't access.
  static String unknownCompanyMessage(long id) {
    return "There is no company " + id + " that this key may publish for.";
  }

  private void parseEventName(StrictJsonReader json, Draft draft) {
    draft.hasEvent = true;
    if (json.token() != JsonToken.VALUE_STRING) {
      validationErrors.add(json, "Must be the name of an event, such as \"customer.created\".");
      json.skipValue();
      return;
    }
    String name = json.text();
    draft.type = types.find(name);
    if (draft.type == null) {
      validationErrors.add(json, () -> types.rejectionReason(name));
    }
  }

  private void parseData(StrictJsonReader json, Draft draft) {
    draft.hasData = true;
    if (draft.type != null) {
      draft.items = dataParser.parse(json, draft.type.definition().schema());
    } else if (draft.hasEvent) {
      json.skipValue();
    } else {
      draft.unvalidatedData = new AsciiJsonCopier().copy(json);
    }
  }

  private void parseTimestamp(StrictJsonReader json, Draft draft) {
    String text = parseText(json, "Must be an RFC 3339 time as a string.");
    if (text == null) {
      return;
    }
    try {
      Instant time = WireTimestamp.parse(text);
      if (time.isBefore(Instant.EPOCH)) {
        validationErrors.add(json, "Must not be before 1970.");
      }
      draft.occurredAt = time;
    } catch (IllegalArgumentException e) {
      validationErrors.add(json, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String parseOperation(StrictJsonReader json) {
    String text = parseText(json, "Must be a string.");
    String error = text == null ? null : findOperationError(text);
    if (error != null) {
      validationErrors.add(json, error);
    }
    return text;
  }

  private static @Nullable String findOperationError(String text) {
    return text.codePointCount(0, text.length()) > Limits.MAX_OPERATION_LENGTH
        ? "Must have at most " + Limits.MAX_OPERATION_LENGTH + " characters."
        : TextRule.LINE.findError(text);
  }

  private @Nullable String parseIdempotencyKey(StrictJsonReader json) {
    String text = parseText(json, "Must be a string.");
    if (text != null && !RequestFingerprint.isValidKey(text)) {
      validationErrors.add(json, "An idempotency_key " + RequestFingerprint.KEY_FORMAT);
    }
    return text;
  }

  private @Nullable String parseText(StrictJsonReader json, String errorMessage) {
    if (json.token() == JsonToken.VALUE_STRING) {
      return json.text();
    }
    validationErrors.add(
        json,
        json.token() == JsonToken.VALUE_NULL
            ? errorMessage + " null is not accepted here; leave the field out."
            : errorMessage);
    json.skipValue();
    return null;
  }

  private void addMissingFields(Draft draft, String pointer) {
    if (!draft.hasCompany) {
      validationErrors.add(pointer + "/company_id", "Is missing; send the company's number.");
    }
    if (!draft.hasEvent) {
      validationErrors.add(pointer + "/event", "Is missing; send the name of an event.");
    }
    if (!draft.hasData) {
      validationErrors.add(
          pointer + "/data", "Is missing; send an object, or an array of objects.");
    }
  }

  private static @Nullable PublishedEvent toPublishedEvent(Draft draft) {
    if (draft.type == null || draft.items == null) {
      return null;
    }
    var event =
        new PublishedEvent(
            draft.companyId,
            draft.type.type(),
            draft.occurredAt,
            draft.operation,
            draft.items,
            null);
    return draft.idempotencyKey == null ? event : withIdempotencyKey(event, draft.idempotencyKey);
  }

  private static PublishedEvent withIdempotencyKey(PublishedEvent event, String key) {
    return new PublishedEvent(
        event.companyId(),
        event.type(),
        event.occurredAt(),
        event.operation(),
        event.items(),
        new IdempotentRequest(
            new IdempotencyKey("company:" + event.companyId(), key),
            RequestFingerprint.compute(event)));
  }
}
