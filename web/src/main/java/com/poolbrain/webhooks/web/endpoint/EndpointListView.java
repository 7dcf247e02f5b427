package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.web.component.FigureView;
import com.poolbrain.webhooks.web.notice.NoticeBanner;
import java.util.List;

/// The tab Endpoints.
///
/// @param rows those that match the search
/// @param total of the company
/// @param limit of endpoints of a company
/// @param figures of all endpoints; empty if they could not be read
/// @param search the text of the search; empty for none
/// @param notices of the last days
record EndpointListView(
    List<EndpointRow> rows,
    int total,
    int limit,
    List<FigureView> figures,
    String search,
    List<NoticeBanner> notices) {

  private static final int SEARCHABLE_FROM = 9;

  /// Whether there are enough endpoints to search them.
  boolean isSearchable() {
    return total >= SEARCHABLE_FROM || !search.isEmpty();
  }

  /// The endpoints that fail.
  List<EndpointRow> failing() {
    return rows.stream().filter(row -> row.health().tone().equals("bad")).toList();
  }
}
