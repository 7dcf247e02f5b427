package com.poolbrain.webhooks.store.ledger;

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

/// One column of the rows that a multi-row statement takes apart with `unnest`: an array in
/// PostgreSQL's binary form. The driver by itself sends arrays of UUIDs and times as text, which
/// costs both sides several times as much.
final class Column extends PGobject implements PGBinaryObject {

  @Serial private static final long serialVersionUID = 1L;

  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int HEADER = 20;

  private final transient ByteBuffer encoded;

  private Column(Type type, ByteBuffer encoded) {
    this.type = type.array;
    this.encoded = encoded;
  }

  /// The types that columns may have, by the numbers that PostgreSQL gives their elements for good.
  private enum Type {
    UUID("_uuid", 2950),
    INT8("_int8", 20),
    INT4("_int4", 23),
    BOOL("_bool", 16),
    TIMESTAMPTZ("_timestamptz", 1184),
    TEXT("_text", 25),
    BYTEA("_bytea", 17);

    private final String array;
    private final int element;

    Type(String array, int element) {
      this.array = array;
      this.element = element;
    }
  }

  static <T> Column uuids(List<T> rows, Function<T, @Nullable UUID> value) {
    ByteBuffer buffer = start(Type.UUID, rows.size(), rows.size() * 20);
    for (T row : rows) {
      UUID uuid = value.apply(row);
      if (uuid == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(16).putLong(uuid.getMostSignificantBits());
        buffer.putLong(uuid.getLeastSignificantBits());
      }
    }
    return end(Type.UUID, buffer);
  }

  static <T> Column longs(List<T> rows, ToLongFunction<T> value) {
    ByteBuffer buffer = start(Type.INT8, rows.size(), rows.size() * 12);
    for (T row : rows) {
      buffer.putInt(8).putLong(value.applyAsLong(row));
    }
    return end(Type.INT8, buffer);
  }

  static <T> Column ints(List<T> rows, ToIntFunction<T> value) {
    ByteBuffer buffer = start(Type.INT4, rows.size(), rows.size() * 8);
    for (T row : rows) {
      buffer.putInt(4).putInt(value.applyAsInt(row));
    }
    return end(Type.INT4, buffer);
  }

  static <T> Column integers(List<T> rows, Function<T, @Nullable Integer> value) {
    ByteBuffer buffer = start(Type.INT4, rows.size(), rows.size() * 8);
    for (T row : rows) {
      Integer number = value.apply(row);
      if (number == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(4).putInt(number);
      }
    }
    return end(Type.INT4, buffer);
  }

  static <T> Column booleans(List<T> rows, Predicate<T> value) {
    ByteBuffer buffer = start(Type.BOOL, rows.size(), rows.size() * 5);
    for (T row : rows) {
      buffer.putInt(1).put((byte) (value.test(row) ? 1 : 0));
    }
    return end(Type.BOOL, buffer);
  }

  /// Times, to the microsecond.
  static <T> Column times(List<T> rows, Function<T, @Nullable Instant> value) {
    ByteBuffer buffer = start(Type.TIMESTAMPTZ, rows.size(), rows.size() * 12);
    for (T row : rows) {
      Instant time = value.apply(row);
      if (time == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(8).putLong(EPOCH.until(time, ChronoUnit.MICROS));
      }
    }
    return end(Type.TIMESTAMPTZ, buffer);
  }

  /// Texts; PostgreSQL's can't hold the character 0, which becomes U+FFFD.
  static <T> Column texts(List<T> rows, Function<T, @Nullable String> value) {
    return variable(
        Type.TEXT,
        rows,
        row -> {
          String text = value.apply(row);
          return text == null
              ? null
              : text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
        });
  }

  static <T> Column bytes(List<T> rows, Function<T, byte @Nullable []> value) {
    return variable(Type.BYTEA, rows, value);
  }

  private static <T> Column variable(
      Type type, List<T> rows, Function<T, byte @Nullable []> value) {
    List<byte @Nullable []> values = new ArrayList<>(rows.size());
    int size = 0;
    for (T row : rows) {
      byte[] bytes = value.apply(row);
      values.add(bytes);
      size += 4 + (bytes == null ? 0 : bytes.length);
    }
    ByteBuffer buffer = start(type, rows.size(), size);
    for (byte[] bytes : values) {
      if (bytes == null) {
        buffer.putInt(-1);
      } else {
        buffer.putInt(bytes.length).put(bytes);
      }
    }
    return end(type, buffer);
  }

  private static ByteBuffer start(Type type, int rows, int size) {
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + size);
    boolean empty = rows == 0;
    buffer.putInt(empty ? 0 : 1).putInt(1).putInt(type.element);
    return empty ? buffer : buffer.putInt(rows).putInt(1);
  }

  private static Column end(Type type, ByteBuffer buffer) {
    return new Column(type, buffer.flip());
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
    throw new UnsupportedOperationException("columns are only sent");
  }

  /// Asked for only if the driver would not send the binary form.
  @Override
  public String getValue() {
    throw new IllegalStateException(
        "the connection must send " + type + " in binary form: binaryTransferEnable");
  }
}
