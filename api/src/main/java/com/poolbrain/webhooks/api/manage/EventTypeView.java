package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import com.poolbrain.webhooks.store.config.StoredEventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An event type as the API shows it.
///
/// @param grouped the same as `mayBeGrouped`; the name of earlier versions
record EventTypeView(
    String name,
    String source,
    String description,
    String category,
    boolean mayBeGrouped,
    boolean grouped,
    boolean subscribable,
    List<String> aliases,
    JsonNode schema,
    List<String> searchable,
    Samples samples,
    @Nullable Instant createdAt,
    List<StoredEventType.Change> changes) {

  private static final JsonMapper JSON = new JsonMapper();

  static EventTypeView of(KnownEventType known) {
    EventTypeDefinition type = known.definition();
    String grouped = type.samples().grouped();
    return new EventTypeView(
        type.name(),
        known.source().wireName(),
        type.description(),
        type.category(),
        type.mayBeGrouped(),
        type.mayBeGrouped(),
        type.mayBeSubscribed(),
        type.aliases(),
        JSON.readTree(type.schema().json()),
        type.schema().searchableFields().stream().sorted().toList(),
        new Samples(
            JSON.readTree(type.samples().single()),
            grouped == null ? null : JSON.readTree(grouped)),
        known.createdAt(),
        known.changes());
  }

  /// Samples of `data`: of one item, and of several in one envelope.
  record Samples(JsonNode single, @Nullable JsonNode grouped) {}
}
