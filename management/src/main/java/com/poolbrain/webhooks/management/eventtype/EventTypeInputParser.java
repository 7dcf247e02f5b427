package com.poolbrain.webhooks.management.eventtype;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.events.DataField;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.InvalidSchemaException;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.events.ValidatedItem;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.events.ValidationErrors;
import com.poolbrain.webhooks.management.EventItemValidator;
import com.poolbrain.webhooks.management.InputCheck;
import com.poolbrain.webhooks.store.config.StoredEventType.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Checks what was sent as an event type: texts, schema, and whether the samples fit the schema.
final class EventTypeInputParser {

  private final EventTypeInput input;
  private final InputCheck check = new InputCheck();

  private EventTypeInputParser(EventTypeInput input) {
    this.input = input;
  }

  /// The result of [#parse].
  ///
  /// @param fields null if there are errors
  record Parsed(@Nullable Fields fields, List<ValidationError> errors) {}

  static Parsed parse(EventTypeInput input) {
    return new EventTypeInputParser(input).parse();
  }

  private Parsed parse() {
    check.required("/description", input.description(), "one sentence that says when it is sent");
    check.text(
        "/description", input.description(), EventTypeLimits.MAX_DESCRIPTION_LENGTH, TextRule.LINE);
    check.required("/category", input.category(), "the group in which it is shown");
    check.text("/category", input.category(), EventTypeLimits.MAX_CATEGORY_LENGTH, TextRule.LINE);
    check.required("/may_be_grouped", input.mayBeGrouped(), "true or false");
    check.required("/schema", input.schema(), "the JSON Schema of one item of data");
    check.required("/samples", input.samples(), "an array of objects that fit the schema");
    DataSchema schema = parseSchema();
    checkSearchable(schema);
    List<String> samples = schema == null ? List.of() : parseSamples(schema);
    List<ValidationError> errors = check.errors();
    return new Parsed(errors.isEmpty() ? toFields(samples) : null, errors);
  }

  private Fields toFields(List<String> samples) {
    return new Fields(
        Objects.requireNonNull(input.description()),
        Objects.requireNonNull(input.category()),
        Objects.requireNonNull(input.mayBeGrouped()),
        new String(Objects.requireNonNull(input.schema()), US_ASCII),
        samples,
        searchable());
  }

  private List<String> searchable() {
    return input.searchable() == null ? List.of() : input.searchable();
  }

  private @Nullable DataSchema parseSchema() {
    byte[] json = input.schema();
    if (json == null || !hasAtMost("/schema", json, EventTypeLimits.MAX_SCHEMA_BYTES)) {
      return null;
    }
    try {
      return DataSchema.parsePlain(new String(json, US_ASCII), List.of());
    } catch (InvalidSchemaException e) {
      check.add(
          "/schema" + e.pointer(),
          Character.toUpperCase(e.detail().charAt(0)) + e.detail().substring(1));
      return null;
    }
  }

  private boolean hasAtMost(String pointer, byte[] json, int maxBytes) {
    if (json.length > maxBytes) {
      check.add(pointer, "Must have at most %d bytes as compact JSON.".formatted(maxBytes));
    }
    return json.length <= maxBytes;
  }

  private void checkSearchable(@Nullable DataSchema schema) {
    List<String> names = searchable();
    if (names.size() > EventTypeLimits.MAX_SEARCHABLE_FIELDS) {
      check.add(
          "/searchable",
          "Must have at most " + EventTypeLimits.MAX_SEARCHABLE_FIELDS + " elements.");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String pointer = "/searchable/" + i;
      if (!seen.add(names.get(i))) {
        check.add(pointer, "Is named twice; leave it out.");
      } else if (schema != null) {
        checkSearchable(pointer, names.get(i), schema);
      }
    }
  }

  private void checkSearchable(String pointer, String name, DataSchema schema) {
    DataField found =
        schema.fields().stream()
            .filter(field -> field.name().equals(name))
            .findFirst()
            .orElse(null);
    if (found == null) {
      List<String> names = schema.fields().stream().map(DataField::name).toList();
      check.add(
          pointer,
          "There is no field \"%s\" in the schema.".formatted(Suggestions.abbreviate(name))
              + Suggestions.question(name, names));
    } else if (found.type().kind() == DataField.Kind.BOOLEAN) {
      check.add(pointer, "Is true or false, which finds nothing; leave it out.");
    }
  }

  private List<String> parseSamples(DataSchema schema) {
    byte[] bytes = input.samples();
    if (bytes == null || !hasAtMost("/samples", bytes, EventTypeLimits.MAX_SAMPLES_BYTES)) {
      return List.of();
    }
    var errors = new ValidationErrors();
    List<String> samples = new ArrayList<>();
    try (StrictJsonReader json = StrictJsonReader.open(bytes, "/samples")) {
      if (json.next() != JsonToken.START_ARRAY) {
        check.add("/samples", "Must be an array of objects that fit the schema.");
        return samples;
      }
      var validator = new EventItemValidator(errors);
      int count = 0;
      while (json.next() != JsonToken.END_ARRAY) {
        String sample = parseSample(json, count++, schema, validator, errors);
        if (sample != null) {
          samples.add(sample);
        }
      }
      if (count < 1 || count > EventTypeLimits.MAX_SAMPLES) {
        check.add("/samples", "Must have 1 to " + EventTypeLimits.MAX_SAMPLES + " elements.");
      }
    }
    errors.kept().forEach(error -> check.add(error.pointer(), error.detail()));
    return samples;
  }

  private @Nullable String parseSample(
      StrictJsonReader json,
      int index,
      DataSchema schema,
      EventItemValidator validator,
      ValidationErrors errors) {
    if (json.token() != JsonToken.START_ARRAY) {
      ValidatedItem item = validator.validate(json, schema);
      return item == null ? null : new String(item.bytes(), US_ASCII);
    }
    if (index == 0) {
      errors.add(json, "The first sample must be an object; write a group after it.");
    } else if (!Boolean.TRUE.equals(input.mayBeGrouped())) {
      errors.add(json, "Must be an object, because events of this type are not grouped.");
    }
    String pointer = json.pointer();
    List<String> items = new ArrayList<>();
    while (json.next() != JsonToken.END_ARRAY) {
      ValidatedItem item = validator.validate(json, schema);
      if (item != null) {
        items.add(new String(item.bytes(), US_ASCII));
      }
    }
    if (errors.isEmpty() && (items.size() < 2 || items.size() > Limits.MAX_CHUNK_ITEMS)) {
      errors.add(pointer, "A group must have 2 to " + Limits.MAX_CHUNK_ITEMS + " objects.");
    }
    return "[" + String.join(",", items) + "]";
  }
}
