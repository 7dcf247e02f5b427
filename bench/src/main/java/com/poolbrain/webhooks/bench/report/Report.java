package com.poolbrain.webhooks.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one call of the bench found: one JSON file.
///
/// @param date when it began, RFC 3339
/// @param command the call
/// @param limits null if they were not measured
public record Report(
    String date, String command, Machine machine, @Nullable Limits limits, List<Chapter> chapters) {

  public Report {
    chapters = List.copyOf(chapters);
  }
}
