package com.poolbrain.webhooks.web.catalogue;

import java.time.Instant;
import java.util.List;

/// The tab Event catalogue.
///
/// @param search the text of the search; empty for none
/// @param groups those with a match
/// @param changes of the last 30 days, newest first
record CatalogueView(
    String path, String search, String openApi, List<Group> groups, List<Change> changes) {

  /// The types of a category.
  record Group(String name, List<EventTypeCard> types) {}

  /// A change of a type.
  ///
  /// @param path of the page of the type
  record Change(String name, String path, Instant at, List<String> notices) {}
}
