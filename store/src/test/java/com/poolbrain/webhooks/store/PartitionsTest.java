package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class PartitionsTest {

  private static final LocalDate TODAY = LocalDate.of(2031, 3, 1);
  private static final LocalDate LONG_AGO = LocalDate.of(2031, 1, 1);
  private static final int RETENTION = 30;

  private final TestDatabase fresh;
  private final Database database;
  private final DayPartitions days;

  PartitionsTest(TestServer server) {
    fresh = server.fresh();
    database = fresh.open();
    days = new DayPartitions(database.upkeep(), RETENTION);
  }

  @AfterEach
  void close() {
    database.close();
    fresh.close();
  }

  @Test
  void yesterday_to_a_week_ahead_have_partitions_in_every_table() throws Exception {
    assertThat(days.makeAhead(TODAY, Set.of())).isEqualTo("2031-03-08");
    assertThat(days.makeAhead(TODAY, Set.of())).isEqualTo("2031-03-08");
    for (PartitionedTable table : PartitionedTable.ALL) {
      assertThat(partitions(table.name()))
          .hasSize(9)
          .startsWith(table.name() + "_20310228")
          .endsWith(table.name() + "_20310308");
    }
  }

  @Test
  void midnight_in_utc_divides_the_days() throws Exception {
    days.makeAhead(TODAY, Set.of());
    refer(idAt("2031-03-01T23:59:59.999Z", -1L));
    refer(idAt("2031-03-02T00:00:00.000Z", 0L));
    assertThat(strings("select tableoid::regclass::text from event_ref order by event_id"))
        .containsExactly("event_ref_20310301", "event_ref_20310302");
  }

  @Test
  void several_nodes_may_make_them_at_once() throws Exception {
    try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<LocalDate> node = () -> days.makeAhead(TODAY, Set.of());
      for (Future<LocalDate> made : nodes.invokeAll(Collections.nCopies(4, node))) {
        assertThat(made.get()).isEqualTo("2031-03-08");
      }
    }
    assertThat(partitions("event")).hasSize(9);
  }

  @Test
  void days_older_than_what_is_kept_are_dropped_with_what_was_still_open() throws Exception {
    days.makeAhead(LONG_AGO, Set.of());
    days.makeAhead(TODAY.minusDays(RETENTION), Set.of());
    days.makeAhead(TODAY, Set.of());
    due(idAt("2031-01-29T12:00:00Z", 1L), idAt("2031-01-29T12:00:00Z", 2L));
    due(idAt("2031-01-30T00:00:00Z", 1L), idAt("2031-01-29T23:59:59.999Z", 2L));
    due(idAt("2031-01-30T00:00:00Z", 3L), idAt("2031-01-30T00:00:00Z", 4L));

    assertThat(days.dropOld(TODAY)).isEqualTo(2);

    assertThat(partitions("event")).hasSize(17).startsWith("event_20310130");
    assertThat(partitions("idempotency")).startsWith("idempotency_20310228");
    assertThat(strings("select to_regclass('event_20310129')")).containsExactly((String) null);
    assertThat(strings("select count(*) from due")).containsExactly("1");
    assertThat(days.dropOld(TODAY)).isZero();
  }

  @Test
  void a_detach_that_was_interrupted_is_finished() throws Exception {
    days.makeAhead(LONG_AGO, Set.of());
    try (Connection reader = connect();
        Connection dropper = connect()) {
      reader.setAutoCommit(false);
      Sql.run(reader, "select from event");
      Sql.run(dropper, "set lock_timeout = '10ms'");
      assertThatThrownBy(() ->
              Sql.run(dropper, "alter table event detach partition event_20310101 concurrently"))
          .isInstanceOf(SQLException.class);
      reader.rollback();
    }
    assertThat(strings("select count(*) from pg_inherits where inhdetachpending"))
        .containsExactly("1");
    days.dropOld(TODAY);
    assertThat(partitions("event")).isEmpty();
    assertThat(strings("select to_regclass('event_20310101')")).containsExactly((String) null);
  }

  @Test
  void a_table_that_was_detached_and_not_dropped_is_dropped() throws Exception {
    days.makeAhead(LONG_AGO, Set.of());
    try (Connection connection = connect()) {
      Sql.run(connection, "alter table event detach partition event_20310101");
    }
    days.dropOld(TODAY);
    assertThat(strings("select to_regclass('event_20310101')")).containsExactly((String) null);
  }

  @Test
  void a_partition_that_somebody_detached_is_attached_again_with_what_is_in_it() throws Exception {
    days.makeAhead(TODAY, Set.of());
    refer(idAt("2031-03-01T12:00:00Z", 0L));
    sql("alter table event_ref detach partition event_ref_20310301");
    assertThat(strings("select ref from event_ref")).isEmpty();

    days.makeAhead(TODAY, Set.of());

    assertThat(strings("select ref from event_ref")).containsExactly("c1");
  }

  @Test
  void a_reader_that_stays_long_delays_the_dropping_and_nothing_else() throws Exception {
    days.makeAhead(LONG_AGO, Set.of());
    days.makeAhead(TODAY, Set.of());
    try (Connection reader = connect()) {
      reader.setAutoCommit(false);
      Sql.run(reader, "select from event_ref");
      assertThatThrownBy(() -> days.dropOld(TODAY)).hasMessageContaining("lock timeout");
      refer(idAt("2031-03-01T12:00:00Z", 0L));
      reader.rollback(); // a server may take its time to notice that a connection was closed
    }
    days.dropOld(TODAY);
    assertThat(partitions("event_ref")).startsWith("event_ref_20310228");
  }

  @Test
  @Timeout(120)
  void the_service_makes_new_days_as_time_passes_and_is_not_ready_while_it_can_not()
      throws Exception {
    TestClock clock = new TestClock(Instant.parse("2031-03-01T10:00:00Z"));
    Partitions partitions =
        new Partitions(database, RETENTION, clock, Thread.ofVirtual().factory());
    assertThat(partitions.ready()).isFalse();
    partitions.start();
    assertThat(partitions.ready()).isTrue();

    sql("alter table attempt rename to elsewhere");
    clock.passOnceAwaited(Duration.ofDays(7));
    assertThat(partitions.ready()).isFalse();

    sql("alter table elsewhere rename to attempt");
    while (!partitions.ready()) {
      clock.passOnceAwaited(Duration.ofSeconds(10));
    }
    partitions.close();
    partitions.close();
    assertThat(partitions("attempt")).contains("attempt_20310309");
  }

  private List<String> partitions(String table) {
    return strings(
        "select inhrelid::regclass::text from pg_inherits where inhparent = '%s'::regclass order by 1"
            .formatted(table));
  }

  private void refer(UUID event) {
    sql(
        "insert into event_ref (company_id, ref, event_id) values (40, 'c1', '%s')"
            .formatted(event));
  }

  private void due(UUID id, UUID event) {
    sql(
        """
        insert into due (company_id, due_at, step, attempts, id, event_id, endpoint_id, name, trigger)
        values (40, now(), 1, 1, '%s', '%s', '%s', 'customer.created', 'automatic')
        """
            .formatted(id, event, new UUID(0, 0)));
  }

  private static UUID idAt(String time, long rest) {
    return new UUID(Instant.parse(time).toEpochMilli() << 16 | 0x7000, rest);
  }

  private void sql(String statement) {
    database.ledger().single(c -> Sql.run(c, statement));
  }

  private List<String> strings(String query) {
    return database.api().read(c -> Sql.strings(c, query));
  }

  private Connection connect() throws SQLException {
    DatabaseSettings settings = fresh.settings();
    return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
  }
}
