package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Values sent as a binary array are read unchanged.
@Tag("slow")
class PgBinaryArrayTest {

  private static final String SELECT_UNNESTED =
      """
      select * from unnest(?::uuid[], ?::bigint[], ?::integer[], ?::integer[], ?::boolean[],
        ?::timestamptz[], ?::text[], ?::bytea[])
      as r (a_uuid, a_long, an_int, an_integer, a_boolean, a_time, a_text, some_bytes)
      """;

  private record Row(
      @Nullable UUID uuid,
      long number,
      @Nullable Integer integer,
      boolean flag,
      @Nullable Instant time,
      @Nullable String text,
      byte @Nullable [] bytes) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              UUID.fromString("ffffffff-0000-7000-8000-00000000000f"),
              Long.MIN_VALUE,
              Integer.MIN_VALUE,
              true,
              Instant.parse("1969-12-31T23:59:59.999999Z"),
              "",
              new byte[0]),
          new Row(null, 0, null, false, null, null, null),
          new Row(
              new UUID(1, 2),
              Long.MAX_VALUE,
              Integer.MAX_VALUE,
              true,
              Instant.parse("9999-12-31T23:59:59.000001Z"),
              "{\"a\",NULL} \\ 'é' \uD83D\uDE00",
              new byte[] {0, -1, 127}));

  @Test
  void arrays_of_every_type_round_trip_with_nulls_and_empty() {
    try (TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase();
        Database database = testDatabase.open()) {
      assertThat(roundTrip(database, ROWS))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(ROWS);
      assertThat(roundTrip(database, List.of())).isEmpty();
    }
  }

  private static List<Row> roundTrip(Database database, List<Row> rows) {
    return database
        .ledgerTransactions()
        .read(c ->
            Sql.list(
                c,
                SELECT_UNNESTED,
                p ->
                    p.add(PgBinaryArray.uuids(rows, Row::uuid))
                        .add(PgBinaryArray.longs(rows, Row::number))
                        .add(PgBinaryArray.ints(rows, row -> (int) row.number()))
                        .add(PgBinaryArray.nullableInts(rows, Row::integer))
                        .add(PgBinaryArray.booleans(rows, Row::flag))
                        .add(PgBinaryArray.timestamps(rows, Row::time))
                        .add(PgBinaryArray.texts(rows, Row::text))
                        .add(PgBinaryArray.byteArrays(rows, Row::bytes)),
                row -> {
                  assertThat(row.getInt("an_int")).isEqualTo((int) row.getLong("a_long"));
                  return new Row(
                      row.getObject("a_uuid", UUID.class),
                      row.getLong("a_long"),
                      row.getObject("an_integer", Integer.class),
                      row.getBoolean("a_boolean"),
                      row.getString("a_time") == null ? null : ColumnValues.instant(row, "a_time"),
                      row.getString("a_text"),
                      row.getBytes("some_bytes"));
                }));
  }

  @Test
  void uuid_order_matches_the_order_of_postgresql() {
    try (TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase();
        Database database = testDatabase.open()) {
      List<UUID> ids =
          Arrays.asList(
              new UUID(-1, 0),
              new UUID(0, -1),
              new UUID(0, 1),
              new UUID(1, Long.MIN_VALUE),
              new UUID(1, Long.MAX_VALUE));
      List<UUID> sorted =
          database
              .ledgerTransactions()
              .read(c ->
                  Sql.list(
                      c,
                      "select id from unnest(?::uuid[]) as u (id) order by id",
                      p -> p.add(PgBinaryArray.uuids(ids, id -> id)),
                      row -> ColumnValues.uuid(row, "id")));
      assertThat(ids.stream().sorted(UuidV7.ORDER).toList()).isEqualTo(sorted);
    }
  }
}
