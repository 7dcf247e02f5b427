package com.poolbrain.webhooks.web.component;

import java.util.Map;

/// The form that exports a list.
///
/// @param filters that the list has, by name
public record ExportView(String path, Map<String, String> filters) {

  public ExportView {
    filters = Map.copyOf(filters);
  }
}
