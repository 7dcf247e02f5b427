package com.poolbrain.webhooks.management.export;

import org.jspecify.annotations.Nullable;

/// Writes the rows of an export as text.
interface RowEncoder {

  /// What stands before the rows.
  String begin();

  /// The next row.
  String row(Row row);

  /// The last line, which says whether all rows are there.
  ///
  /// @param rows how many there are
  /// @param missing why some are missing; null if the export is complete
  String end(long rows, @Nullable String missing);
}
