package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.domain.WireNamed;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The form of an export.
public enum ExportFormat implements WireNamed {
  CSV("text/csv; charset=utf-8"),
  JSON("application/json");

  private final String contentType;

  ExportFormat(String contentType) {
    this.contentType = contentType;
  }

  /// The media type.
  public String contentType() {
    return contentType;
  }

  /// Also the extension of a file.
  @Override
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The format of this name; null if there is none.
  public static @Nullable ExportFormat find(String wireName) {
    return Stream.of(values())
        .filter(format -> format.wireName().equals(wireName))
        .findFirst()
        .orElse(null);
  }

  /// The names of all formats.
  public static List<String> wireNames() {
    return Stream.of(values()).map(ExportFormat::wireName).toList();
  }

  RowEncoder encoder(List<String> columns) {
    return switch (this) {
      case CSV -> new CsvEncoder(columns);
      case JSON -> new JsonEncoder();
    };
  }
}
