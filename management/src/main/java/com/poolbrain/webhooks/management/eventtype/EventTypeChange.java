package com.poolbrain.webhooks.management.eventtype;

import com.poolbrain.webhooks.events.DataField;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The difference between two definitions of one event type: what breaks consumers or publishers,
/// and what subscribers are told.
final class EventTypeChange {

  private static final int MAX_BREAKS_SHOWN = 5;

  private final EventTypeDefinition before;
  private final EventTypeDefinition after;
  private final List<String> breaks = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  EventTypeChange(EventTypeDefinition before, EventTypeDefinition after) {
    this.before = before;
    this.after = after;
    compareFields();
    if (before.mayBeGrouped() != after.mayBeGrouped()) {
      breaks.add(
          "may_be_grouped must stay %s: consumers rely on the form of data."
              .formatted(before.mayBeGrouped()));
    }
    compareTexts();
    if (notices.isEmpty()) {
      notices.add("The schema is written in another way; its meaning is the same.");
    }
  }

  /// Why the change is refused, with the names of the fields; empty if it is allowed.
  String refusal() {
    return breaks.isEmpty()
        ? ""
        : String.join(" ", breaks.subList(0, Math.min(breaks.size(), MAX_BREAKS_SHOWN)))
            + " Add another event type instead, such as "
            + before.name()
            + ".v2.";
  }

  /// What changes, in sentences for subscribers; never empty.
  List<String> notices() {
    return List.copyOf(notices);
  }

  private void compareFields() {
    Map<String, DataField> added = byName(after);
    for (DataField old : before.schema().fields()) {
      DataField now = added.remove(old.name());
      if (now == null) {
        breaks.add(
            "The field \"%s\" can't be removed: consumers rely on it.".formatted(old.name()));
      } else {
        compare(old, now);
      }
    }
    for (DataField field : added.values()) {
      if (field.required()) {
        breaks.add(
            "The new field \"%s\" must be optional: leave it out of \"required\"."
                .formatted(field.name()));
      }
      notices.add("The optional field \"%s\" was added.".formatted(field.name()));
    }
  }

  private void compare(DataField old, DataField now) {
    String name = now.name();
    if (old.required() != now.required()) {
      breaks.add(
          "The field \"%s\" must stay %s."
              .formatted(name, old.required() ? "required" : "optional"));
    }
    if (old.type().kind() != now.type().kind() || old.type().nullable() != now.type().nullable()) {
      breaks.add("The type of the field \"%s\" can't be changed.".formatted(name));
    } else if (!new HashSet<>(old.type().allowedValues())
        .equals(new HashSet<>(now.type().allowedValues()))) {
      breaks.add("The enum of the field \"%s\" can't be changed.".formatted(name));
    }
    if (!old.description().equals(now.description())) {
      notices.add("The description of the field \"%s\" was changed.".formatted(name));
    }
  }

  private void compareTexts() {
    if (!before.description().equals(after.description())) {
      notices.add("The description was changed.");
    }
    if (!before.category().equals(after.category())) {
      notices.add(
          "The category was changed from \"%s\" to \"%s\"."
              .formatted(before.category(), after.category()));
    }
    if (!before.samples().equals(after.samples())) {
      notices.add("The samples were changed.");
    }
    if (!before.schema().searchableFields().equals(after.schema().searchableFields())) {
      notices.add("The fields that a search finds were changed; this affects new events only.");
    }
  }

  private static Map<String, DataField> byName(EventTypeDefinition type) {
    Map<String, DataField> fields = new LinkedHashMap<>();
    type.schema().fields().forEach(field -> fields.put(field.name(), field));
    return fields;
  }
}
