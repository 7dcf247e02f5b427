package com.poolbrain.webhooks.management.export;

import org.jspecify.annotations.Nullable;

/// Writes rows as one JSON object: `data` has the rows, each on a line of its own, and the last
/// line has `complete` and `count`. Values that are null are left out.
final class JsonEncoder implements RowEncoder {

  private boolean hasRows;

  @Override
  public String begin() {
    return "{\"data\": [";
  }

  @Override
  public String row(Row row) {
    String separator = hasRows ? ",\n" : "\n";
    hasRows = true;
    return separator + JsonText.of(row.values());
  }

  @Override
  public String end(long rows, @Nullable String missing) {
    Row state =
        new Row().with("complete", missing == null).with("count", rows).with("detail", missing);
    return "\n], " + JsonText.of(state.values()).substring(1) + "\n";
  }
}
