package com.poolbrain.webhooks.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A list of the API, read page by page.
///
/// ```java
/// List<JsonNode> newest =
///     new PagedList("/companies/40/deliveries", "data").with("status", "skipped").read(client, 50);
/// ```
public final class PagedList {

  private static final int MAX_PAGE_SIZE = 200;

  private final String path;
  private final String arrayName;
  private final List<String> parameters = new ArrayList<>();

  /// @param arrayName the field of a page that has its entries
  public PagedList(String path, String arrayName) {
    this.path = path;
    this.arrayName = arrayName;
  }

  /// Adds a parameter, unless its value is null.
  public PagedList with(String name, @Nullable Object value) {
    if (value != null) {
      parameters.add(name + "=" + URLEncoder.encode(value.toString(), UTF_8));
    }
    return this;
  }

  /// Adds parameters.
  public PagedList with(Map<String, ? extends @Nullable Object> values) {
    values.forEach(this::with);
    return this;
  }

  /// The first entries, over as many pages as it takes.
  public List<JsonNode> read(ApiClient client, int limit) {
    List<JsonNode> entries = new ArrayList<>();
    String cursor = "";
    do {
      int pageSize = Math.min(MAX_PAGE_SIZE, limit - entries.size());
      JsonNode page = client.get(path + "?limit=" + pageSize + query() + cursor);
      page.path(arrayName).valueStream().limit(pageSize).forEach(entries::add);
      JsonNode next = page.path("next_cursor");
      cursor = next.isString() ? "&cursor=" + next.stringValue() : "";
    } while (!cursor.isEmpty() && entries.size() < limit);
    return entries;
  }

  private String query() {
    return parameters.isEmpty() ? "" : "&" + String.join("&", parameters);
  }
}
