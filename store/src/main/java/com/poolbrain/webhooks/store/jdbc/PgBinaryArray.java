package com.poolbrain.webhooks.store.jdbc;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/// An array parameter in PostgreSQL's binary format: one column of the rows that a statement reads
/// with `unnest`. The driver would send arrays of UUIDs and times as text, which takes both sides
/// several times as long.
public final class PgBinaryArray extends PGobject implements PGBinaryObject {

  @Serial private static final long serialVersionUID = 1L;

  private static final Instant PG_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int HEADER_BYTES = 20;

  private final transient ByteBuffer encoded;

  private PgBinaryArray(ElementType elementType, ByteBuffer encoded) {
    this.type = elementType.arrayName;
    this.encoded = encoded;
  }

  /// The element types, with the fixed OIDs that PostgreSQL gives them.
  private enum ElementType {
    UUID("_uuid", 2950),
    INT8("_int8", 20),
    INT4("_int4", 23),
    BOOL("_bool", 16),
    TIMESTAMPTZ("_timestamptz", 1184),
    TEXT("_text", 25),
    BYTEA("_bytea", 17);

    private final String arrayName;
    private final int elementOid;

    ElementType(String arrayName, int elementOid) {
      this.arrayName = arrayName;
      this.elementOid = elementOid;
    }
  }

  public static <T> PgBinaryArray uuids(List<T> rows, Function<T, @Nullable UUID> value) {
    ByteBuffer buffer = newBuffer(ElementType.UUID, rows.size(), rows.size() * 20);
    for (T row : rows) {
      UUID uuid = value.apply(row);
      if (uuid == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(16).putLong(uuid.getMostSignificantBits());
        buffer.putLong(uuid.getLeastSignificantBits());
      }
    }
    return finish(ElementType.UUID, buffer);
  }

  public static <T> PgBinaryArray longs(List<T> rows, ToLongFunction<T> value) {
    ByteBuffer buffer = newBuffer(ElementType.INT8, rows.size(), rows.size() * 12);
    for (T row : rows) {
      buffer.putInt(8).putLong(value.applyAsLong(row));
    }
    return finish(ElementType.INT8, buffer);
  }

  public static <T> PgBinaryArray ints(List<T> rows, ToIntFunction<T> value) {
    ByteBuffer buffer = newBuffer(ElementType.INT4, rows.size(), rows.size() * 8);
    for (T row : rows) {
      buffer.putInt(4).putInt(value.applyAsInt(row));
    }
    return finish(ElementType.INT4, buffer);
  }

  public static <T> PgBinaryArray nullableInts(List<T> rows, Function<T, @Nullable Integer> value) {
    ByteBuffer buffer = newBuffer(ElementType.INT4, rows.size(), rows.size() * 8);
    for (T row : rows) {
      Integer number = value.apply(row);
      if (number == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(4).putInt(number);
      }
    }
    return finish(ElementType.INT4, buffer);
  }

  public static <T> PgBinaryArray booleans(List<T> rows, Predicate<T> value) {
    ByteBuffer buffer = newBuffer(ElementType.BOOL, rows.size(), rows.size() * 5);
    for (T row : rows) {
      buffer.putInt(1).put((byte) (value.test(row) ? 1 : 0));
    }
    return finish(ElementType.BOOL, buffer);
  }

  /// Times with a precision of microseconds.
  public static <T> PgBinaryArray timestamps(List<T> rows, Function<T, @Nullable Instant> value) {
    ByteBuffer buffer = newBuffer(ElementType.TIMESTAMPTZ, rows.size(), rows.size() * 12);
    for (T row : rows) {
      Instant time = value.apply(row);
      if (time == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(8).putLong(PG_EPOCH.until(time, ChronoUnit.MICROS));
      }
    }
    return finish(ElementType.TIMESTAMPTZ, buffer);
  }

  /// Texts. PostgreSQL does not allow the character U+0000, which is replaced with U+FFFD.
  public static <T> PgBinaryArray texts(List<T> rows, Function<T, @Nullable String> value) {
    return variableLength(
        ElementType.TEXT,
        rows,
        row -> {
          String text = value.apply(row);
          return text == null
              ? null
              : text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
        });
  }

  public static <T> PgBinaryArray byteArrays(List<T> rows, Function<T, byte @Nullable []> value) {
    return variableLength(ElementType.BYTEA, rows, value);
  }

  private static <T> PgBinaryArray variableLength(
      ElementType elementType, List<T> rows, Function<T, byte @Nullable []> value) {
    List<byte @Nullable []> values = new ArrayList<>(rows.size());
    int size = 0;
    for (T row : rows) {
      byte[] bytes = value.apply(row);
      values.add(bytes);
      size += 4 + (bytes == null ? 0 : bytes.length);
    }
    ByteBuffer buffer = newBuffer(elementType, rows.size(), size);
    for (byte[] bytes : values) {
      if (bytes == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(bytes.length).put(bytes);
      }
    }
    return finish(elementType, buffer);
  }

  private static ByteBuffer newBuffer(ElementType elementType, int rows, int size) {
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + size);
    boolean empty = rows == 0;
    buffer.putInt(empty ? 0 : 1).putInt(1).putInt(elementType.elementOid);
    return empty ? buffer : buffer.putInt(rows).putInt(1);
  }

  private static PgBinaryArray finish(ElementType elementType, ByteBuffer buffer) {
    return new PgBinaryArray(elementType, buffer.flip());
  }

  @Override
  public int lengthInBytes() {
    return encoded.limit();
  }

  @Override
  public void toBytes(byte[] bytes, int offset) {
    encoded.get(0, bytes, offset, encoded.limit());
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("binary arrays are only sent, never read");
  }

  /// Called only if the driver is about to send the text format.
  @Override
  public String getValue() {
    throw new IllegalStateException(
        "the connection can't send " + type + " in binary format: add it to binaryTransferEnable");
  }
}
