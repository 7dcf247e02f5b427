package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.Database;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What goes to PostgreSQL in a column comes out of it unchanged.
class ColumnTest {

  private static final String TAKE_APART =
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
  void everyTypeAndNullAndNothing() {
    try (TestDatabase fresh = TestServer.EMBEDDED_18.fresh();
        Database database = fresh.open()) {
      assertThat(sentAndReceived(database, ROWS))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(ROWS);
      assertThat(sentAndReceived(database, List.of())).isEmpty();
    }
  }

  private static List<Row> sentAndReceived(Database database, List<Row> rows) {
    return database
        .ledger()
        .read(c ->
            Sql.list(
                c,
                TAKE_APART,
                p ->
                    p.add(Column.uuids(rows, Row::uuid))
                        .add(Column.longs(rows, Row::number))
                        .add(Column.ints(rows, row -> (int) row.number()))
                        .add(Column.integers(rows, Row::integer))
                        .add(Column.booleans(rows, Row::flag))
                        .add(Column.times(rows, Row::time))
                        .add(Column.texts(rows, Row::text))
                        .add(Column.bytes(rows, Row::bytes)),
                row -> {
                  assertThat(row.getInt("an_int")).isEqualTo((int) row.getLong("a_long"));
                  return new Row(
                      row.getObject("a_uuid", UUID.class),
                      row.getLong("a_long"),
                      row.getObject("an_integer", Integer.class),
                      row.getBoolean("a_boolean"),
                      row.getString("a_time") == null ? null : Rows.time(row, "a_time"),
                      row.getString("a_text"),
                      row.getBytes("some_bytes"));
                }));
  }

  @Test
  void uuidsAreOrderedAsPostgresOrdersThem() {
    try (TestDatabase fresh = TestServer.EMBEDDED_18.fresh();
        Database database = fresh.open()) {
      List<UUID> ids =
          Arrays.asList(
              new UUID(-1, 0),
              new UUID(0, -1),
              new UUID(0, 1),
              new UUID(1, Long.MIN_VALUE),
              new UUID(1, Long.MAX_VALUE));
      List<UUID> sorted =
          database
              .ledger()
              .read(c ->
                  Sql.list(
                      c,
                      "select id from unnest(?::uuid[]) as u (id) order by id",
                      p -> p.add(Column.uuids(ids, id -> id)),
                      row -> Rows.uuid(row, "id")));
      assertThat(ids.stream().sorted(Key.UUIDS).toList()).isEqualTo(sorted);
    }
  }
}
