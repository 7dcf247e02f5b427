package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.store.query.ResultFilter;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.QueryText;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Links to the log of an endpoint, filtered by what a bar counts.
record LogLinks(PagePaths paths, UUID endpointId) {

  /// The deliveries that were accepted in a time.
  ///
  /// @param end the first moment that does not belong to it
  String of(Instant start, Instant end) {
    return link(Map.of(), start, end);
  }

  /// Those whose last attempt had this result; null if the log can't be filtered by it.
  @Nullable String ofResult(String result, Instant start, Instant end) {
    return ResultFilter.parse(result) == null ? null : link(Map.of("result", result), start, end);
  }

  /// Those of one event.
  String ofEvent(String event, Instant start, Instant end) {
    return link(Map.of("event", event), start, end);
  }

  private String link(Map<String, String> filter, Instant start, Instant end) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("endpoint_id", endpointId.toString());
    parameters.putAll(filter);
    parameters.put("from", DateTimeFormatter.ISO_INSTANT.format(start));
    parameters.put("to", DateTimeFormatter.ISO_INSTANT.format(end.minusMillis(1)));
    return QueryText.append(paths.deliveries(), parameters);
  }
}
