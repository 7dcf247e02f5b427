package com.poolbrain.webhooks.events.internal;

import com.poolbrain.webhooks.events.DataField;
import java.nio.charset.StandardCharsets;

/// A field as the check needs it: its bit in the set of fields seen, and its key ready to be
/// written.
public final class CompiledField {

  private final DataField dataField;
  private final long bit;
  private final byte[] key;
  private final boolean searchable;

  private CompiledField(DataField dataField, long bit, byte[] key, boolean searchable) {
    this.dataField = dataField;
    this.bit = bit;
    this.key = key;
    this.searchable = searchable;
  }

  public static CompiledField of(DataField dataField, int index, boolean searchable) {
    byte[] key = ('"' + dataField.name() + "\":").getBytes(StandardCharsets.US_ASCII);
    return new CompiledField(dataField, 1L << index, key, searchable);
  }

  public DataField field() {
    return dataField;
  }

  public long bit() {
    return bit;
  }

  /// The key in quotes, with its colon. Not to be changed.
  public byte[] key() {
    return key;
  }

  public boolean isSearchable() {
    return searchable;
  }
}
