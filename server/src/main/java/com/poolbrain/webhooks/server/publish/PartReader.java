package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Submission.Repeatable;
import com.poolbrain.webhooks.events.AsciiJson;
import com.poolbrain.webhooks.events.Problems;
import com.poolbrain.webhooks.events.StrictJson;
import com.poolbrain.webhooks.events.WireTimestamp;
import com.poolbrain.webhooks.server.http.Nearest;
import com.poolbrain.webhooks.server.publish.EventTypes.Publishable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads the objects of one request, each in one pass. Their fields come in any order: `data` that
/// comes before `event` is copied first, and checked when the object has ended.
final class PartReader {

  private static final List<String> FIELDS =
      List.of("company_id", "event", "timestamp", "data", "operation", "idempotency_key");
  private static final int LONGEST_OPERATION = 255;

  /// What has been read of one object.
  private static final class Draft {
    private long companyId;
    private @Nullable Publishable type;
    private boolean namesEvent;
    private @Nullable Instant occurredAt;
    private @Nullable String operation;
    private @Nullable String idempotencyKey;
    private @Nullable List<Part.Item> items;
    private byte @Nullable [] unchecked;
    private boolean hasData;
    private boolean hasCompany;
  }

  private final EventTypes types;
  private final Publisher publisher;
  private final Problems problems;
  private final ItemReader items;

  PartReader(EventTypes types, Publisher publisher, Problems problems) {
    this.types = types;
    this.publisher = publisher;
    this.problems = problems;
    this.items = new ItemReader(problems);
  }

  /// The object that the walk stands on; null if something is wrong with it. The walk moves to its
  /// end.
  @Nullable Part read(StrictJson json) {
    if (json.token() != JsonToken.START_OBJECT) {
      problems.add(json.pointer(), "Must be an object with company_id, event and data.");
      json.skipValue();
      return null;
    }
    int before = problems.count();
    var draft = new Draft();
    while (json.next() == JsonToken.PROPERTY_NAME) {
      String name = json.name();
      json.next();
      field(json, name, draft);
    }
    String pointer = json.pointer();
    if (draft.unchecked != null && draft.type != null) {
      draft.items = items.readCopy(draft.unchecked, pointer + "/data", draft.type.schema());
    }
    missing(draft, pointer);
    return problems.count() == before ? part(draft) : null;
  }

  private void field(StrictJson json, String name, Draft draft) {
    switch (name) {
      case "company_id" -> company(json, draft);
      case "event" -> event(json, draft);
      case "data" -> data(json, draft);
      case "timestamp" -> timestamp(json, draft);
      case "operation" -> draft.operation = operation(json);
      case "idempotency_key" -> draft.idempotencyKey = idempotencyKey(json);
      default -> {
        problems.add(
            json.pointer(), "There is no such field in an event." + Nearest.hint(name, FIELDS));
        json.skipValue();
      }
    }
  }

  private void company(StrictJson json, Draft draft) {
    draft.hasCompany = true;
    if (json.token() != JsonToken.VALUE_NUMBER_INT) {
      problems.add(
          json.pointer(),
          "Must be the company's number, in plain digits"
              + (json.token() == JsonToken.VALUE_STRING ? " without quotes." : "."));
      json.skipValue();
      return;
    }
    String digits = json.text();
    long id = digits.length() <= 16 ? Long.parseLong(digits) : 0;
    if (id < 1 || id > Company.MAX_ID) {
      problems.add(json.pointer(), "Must be from 1 to " + Company.MAX_ID + ".");
    } else if (publisher.companyId() != null && publisher.companyId() != id) {
      problems.add(json.pointer(), unknownCompany(id));
    } else {
      draft.companyId = id;
    }
  }

  /// The same words for a company that isn't there and for one that isn't the publisher's.
  static String unknownCompany(long id) {
    return "There is no company " + id + " that this key may publish for.";
  }

  private void event(StrictJson json, Draft draft) {
    draft.namesEvent = true;
    if (json.token() != JsonToken.VALUE_STRING) {
      problems.add(json.pointer(), "Must be the name of an event, such as \"customer.created\".");
      json.skipValue();
      return;
    }
    String name = json.text();
    draft.type = types.find(name);
    if (draft.type == null) {
      problems.add(json.pointer(), types.complaint(name));
    }
  }

  private void data(StrictJson json, Draft draft) {
    draft.hasData = true;
    if (draft.type != null) {
      draft.items = items.read(json, draft.type.schema());
    } else if (draft.namesEvent) {
      json.skipValue();
    } else {
      draft.unchecked = new AsciiJson().copy(json);
    }
  }

  private void timestamp(StrictJson json, Draft draft) {
    String text = optionalText(json, "Must be an RFC 3339 time as a string.");
    if (text == null) {
      return;
    }
    try {
      Instant time = WireTimestamp.parse(text);
      if (time.isBefore(Instant.EPOCH)) {
        problems.add(json.pointer(), "Must not be before 1970.");
      }
      draft.occurredAt = time;
    } catch (IllegalArgumentException e) {
      problems.add(json.pointer(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String operation(StrictJson json) {
    String text = optionalText(json, "Must be a string.");
    if (text != null
        && (text.isEmpty()
            || text.length() > LONGEST_OPERATION
            || text.codePoints().anyMatch(PartReader::isNoText))) {
      problems.add(
          json.pointer(),
          "Must have 1 to " + LONGEST_OPERATION + " characters, none of them a control character.");
    }
    return text;
  }

  private @Nullable String idempotencyKey(StrictJson json) {
    String text = optionalText(json, "Must be a string.");
    if (text != null && !Fingerprint.isKey(text)) {
      problems.add(json.pointer(), "An idempotency_key " + Fingerprint.KEY_FORM);
    }
    return text;
  }

  private @Nullable String optionalText(StrictJson json, String otherwise) {
    if (json.token() == JsonToken.VALUE_STRING) {
      return json.text();
    }
    if (json.token() != JsonToken.VALUE_NULL) {
      problems.add(json.pointer(), otherwise);
      json.skipValue();
    }
    return null;
  }

  static boolean isNoText(int c) {
    return Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private void missing(Draft draft, String pointer) {
    if (!draft.hasCompany) {
      problems.add(pointer + "/company_id", "Is missing; send the company's number.");
    }
    if (!draft.namesEvent) {
      problems.add(pointer + "/event", "Is missing; send the name of an event.");
    }
    if (!draft.hasData) {
      problems.add(pointer + "/data", "Is missing; send an object, or an array of objects.");
    }
  }

  private static @Nullable Part part(Draft draft) {
    if (draft.type == null || draft.items == null) {
      return null;
    }
    var part =
        new Part(
            draft.companyId,
            draft.type.type(),
            draft.occurredAt,
            draft.operation,
            draft.items,
            null);
    return draft.idempotencyKey == null ? part : repeatable(part, draft.idempotencyKey);
  }

  private static Part repeatable(Part part, String key) {
    return new Part(
        part.companyId(),
        part.type(),
        part.occurredAt(),
        part.operation(),
        part.items(),
        new Repeatable(
            new IdempotencyKey("company:" + part.companyId(), key), Fingerprint.of(part)));
  }
}
