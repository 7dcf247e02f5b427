package com.poolbrain.webhooks.web.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of charts as a table.
///
/// @param name of the table
/// @param heads of the columns after the first one, which is the time
public record NumbersView(String name, List<String> heads, List<Row> rows) {

  /// The numbers of one part of the time.
  ///
  /// @param href the log of that time; null for none
  /// @param values in the order of the heads
  public record Row(String label, @Nullable String href, List<String> values) {}
}
