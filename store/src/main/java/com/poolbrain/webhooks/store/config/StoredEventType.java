package com.poolbrain.webhooks.store.config;

import java.time.Instant;
import java.util.List;

/// An event type that an operator added.
///
/// @param fields what an operator can change
/// @param changes its changes, newest first, at most [EventTypeStore#MAX_CHANGES]
public record StoredEventType(String name, Fields fields, Instant createdAt, List<Change> changes) {

  public StoredEventType {
    changes = List.copyOf(changes);
  }

  /// The fields of an event type.
  ///
  /// @param schema JSON Schema of one item of `data`
  /// @param samples samples of `data`, each a JSON object, or an array of objects
  /// @param searchable names of the fields by whose values an event can be found
  public record Fields(
      String description,
      String category,
      boolean mayBeGrouped,
      String schema,
      List<String> samples,
      List<String> searchable) {

    public Fields {
      samples = List.copyOf(samples);
      searchable = List.copyOf(searchable);
    }
  }

  /// A change of an event type.
  ///
  /// @param notices what changed, in sentences for subscribers
  public record Change(Instant at, List<String> notices) {

    public Change {
      notices = List.copyOf(notices);
    }
  }
}
