package com.poolbrain.webhooks.web.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of an event type.
///
/// @param single what a server receives for one item
/// @param grouped what it receives for several items; null if the type is never grouped
/// @param changes of the last 30 days, newest first
record EventTypePageView(
    String name,
    String description,
    String category,
    boolean mayBeGrouped,
    boolean mayBeSubscribed,
    List<String> aliases,
    List<Field> fields,
    String single,
    @Nullable String grouped,
    String schemaPath,
    String openApi,
    String list,
    String log,
    List<Subscribers.Subscriber> subscribers,
    List<CatalogueView.Change> changes) {

  /// A field of `data`.
  record Field(
      String name, String type, boolean required, boolean searchable, String description) {}
}
