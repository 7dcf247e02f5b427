package com.poolbrain.webhooks.store.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.Connection;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class PartitionMaintenanceTest {

  private static final LocalDate TODAY = LocalDate.of(2031, 3, 1);
  private static final LocalDate LONG_AGO = LocalDate.of(2031, 1, 1);
  private static final int RETENTION = 30;
  private static final AtomicLong AUDIT_IDS = new AtomicLong();
  private static final Audit AUDIT =
      new Audit(() -> idAt("2031-03-01T00:00:00Z", AUDIT_IDS.incrementAndGet()));

  private final TestDatabase testDatabase;
  private final Database database;
  private final PartitionPlanner planner;

  PartitionMaintenanceTest(TestServer server) {
    testDatabase = server.createDatabase();
    database = testDatabase.open();
    planner = new PartitionPlanner(database.maintenanceDataSource(), RETENTION, AUDIT);
  }

  @AfterEach
  void close() {
    database.close();
    testDatabase.close();
  }

  @Test
  void partitions_from_yesterday_to_a_week_ahead_are_created_in_every_table() throws Exception {
    assertThat(planner.createAhead(TODAY, Set.of())).isEqualTo("2031-03-08");
    assertThat(planner.createAhead(TODAY, Set.of())).isEqualTo("2031-03-08");
    for (PartitionedTable table : PartitionedTable.ALL) {
      boolean isMonthly = table.span() == PartitionedTable.Span.MONTH;
      assertThat(partitionNames(table.name()))
          .hasSize(isMonthly ? 2 : 9)
          .startsWith(table.name() + (isMonthly ? "_20310201" : "_20310228"))
          .endsWith(table.name() + (isMonthly ? "_20310301" : "_20310308"));
    }
  }

  @Test
  void partitions_are_bounded_by_midnight_utc() throws Exception {
    planner.createAhead(TODAY, Set.of());
    insertRef(idAt("2031-03-01T23:59:59.999Z", -1L));
    insertRef(idAt("2031-03-02T00:00:00.000Z", 0L));
    assertThat(queryStrings("select tableoid::regclass::text from event_ref order by event_id"))
        .containsExactly("event_ref_20310301", "event_ref_20310302");
  }

  @Test
  void several_nodes_may_create_partitions_at_once() throws Exception {
    try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<LocalDate> node = () -> planner.createAhead(TODAY, Set.of());
      for (Future<LocalDate> lastDay : nodes.invokeAll(Collections.nCopies(4, node))) {
        assertThat(lastDay.get()).isEqualTo("2031-03-08");
      }
    }
    assertThat(partitionNames("event")).hasSize(9);
  }

  @Test
  void expired_partitions_are_dropped_with_their_open_deliveries() throws Exception {
    planner.createAhead(LONG_AGO, Set.of());
    planner.createAhead(TODAY.minusDays(RETENTION), Set.of());
    planner.createAhead(TODAY, Set.of());
    insertOpenDelivery(idAt("2031-01-29T12:00:00Z", 1L), idAt("2031-01-29T12:00:00Z", 2L));
    execute("update open_delivery set endpoint_id = '%s'".formatted(new UUID(0, 7)));
    insertOpenDelivery(idAt("2031-01-30T00:00:00Z", 1L), idAt("2031-01-29T23:59:59.999Z", 2L));
    insertOpenDelivery(idAt("2031-01-30T00:00:00Z", 3L), idAt("2031-01-30T00:00:00Z", 4L));

    assertThat(planner.dropExpired(TODAY)).isEqualTo(2);

    assertThat(partitionNames("event")).hasSize(17).startsWith("event_20310130");
    assertThat(partitionNames("idempotency")).startsWith("idempotency_20310228");
    assertThat(queryStrings("select to_regclass('event_20310129')")).containsExactly((String) null);
    assertThat(queryStrings("select count(*) from open_delivery")).containsExactly("1");
    assertThat(planner.dropExpired(TODAY)).isZero();
    assertThat(
            queryStrings(
                "select concat_ws(' ', company_id, endpoint_id, actor, action, before->>'count') from audit"))
        .containsExactly(
            "40 %s service deliveries.expired 1".formatted(new UUID(0, 0)),
            "40 %s service deliveries.expired 1".formatted(new UUID(0, 7)));
  }

  @Test
  void an_interrupted_detach_is_completed() throws Exception {
    planner.createAhead(LONG_AGO, Set.of());
    try (Connection reader = connect();
        Connection detacher = connect()) {
      reader.setAutoCommit(false);
      TestSql.execute(reader, "select from event");
      TestSql.execute(detacher, "set lock_timeout = '10ms'");
      assertThatThrownBy(() ->
              TestSql.execute(
                  detacher, "alter table event detach partition event_20310101 concurrently"))
          .isInstanceOf(SQLException.class);
      reader.rollback();
    }
    assertThat(queryStrings("select count(*) from pg_inherits where inhdetachpending"))
        .containsExactly("1");
    planner.dropExpired(TODAY);
    assertThat(partitionNames("event")).isEmpty();
    assertThat(queryStrings("select to_regclass('event_20310101')")).containsExactly((String) null);
  }

  @Test
  void a_detached_expired_partition_is_dropped() throws Exception {
    planner.createAhead(LONG_AGO, Set.of());
    try (Connection connection = connect()) {
      TestSql.execute(connection, "alter table event detach partition event_20310101");
    }
    planner.dropExpired(TODAY);
    assertThat(queryStrings("select to_regclass('event_20310101')")).containsExactly((String) null);
  }

  @Test
  void a_detached_partition_within_the_window_is_attached_again_with_its_rows() throws Exception {
    planner.createAhead(TODAY, Set.of());
    insertRef(idAt("2031-03-01T12:00:00Z", 0L));
    execute("alter table event_ref detach partition event_ref_20310301");
    assertThat(queryStrings("select ref from event_ref")).isEmpty();

    planner.createAhead(TODAY, Set.of());

    assertThat(queryStrings("select ref from event_ref")).containsExactly("c1");
  }

  @Test
  void a_long_reading_transaction_delays_only_the_drop() throws Exception {
    planner.createAhead(LONG_AGO, Set.of());
    planner.createAhead(TODAY, Set.of());
    try (Connection reader = connect()) {
      reader.setAutoCommit(false);
      TestSql.execute(reader, "select from event_ref");
      assertThatThrownBy(() -> planner.dropExpired(TODAY)).hasMessageContaining("lock timeout");
      insertRef(idAt("2031-03-01T12:00:00Z", 0L));
      reader.rollback(); // the server may notice a closed connection late
    }
    planner.dropExpired(TODAY);
    assertThat(partitionNames("event_ref")).startsWith("event_ref_20310228");
  }

  @Test
  @Timeout(120)
  void maintenance_creates_partitions_as_days_pass_and_is_not_ready_while_it_fails()
      throws Exception {
    ManualClock clock = ManualClock.startingAt(Instant.parse("2031-03-01T10:00:00Z"));
    PartitionMaintenance partitionMaintenance =
        new PartitionMaintenance(database, RETENTION, AUDIT, clock, Thread.ofVirtual().factory());
    assertThat(partitionMaintenance.isReady()).isFalse();
    partitionMaintenance.start();
    assertThat(partitionMaintenance.isReady()).isTrue();

    execute("alter table attempt rename to elsewhere");
    clock.advanceOnceAwaited(Duration.ofDays(7));
    assertThat(partitionMaintenance.isReady()).isFalse();

    execute("alter table elsewhere rename to attempt");
    while (!partitionMaintenance.isReady()) {
      clock.advanceOnceAwaited(Duration.ofSeconds(10));
    }
    partitionMaintenance.close();
    partitionMaintenance.close();
    assertThat(partitionNames("attempt")).contains("attempt_20310309");
  }

  private List<String> partitionNames(String table) {
    return queryStrings(
        "select inhrelid::regclass::text from pg_inherits where inhparent = '%s'::regclass order by 1"
            .formatted(table));
  }

  private void insertRef(UUID event) {
    execute(
        "insert into event_ref (company_id, ref, event_id) values (40, 'c1', '%s')"
            .formatted(event));
  }

  private void insertOpenDelivery(UUID id, UUID event) {
    execute(
        """
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, event_name, trigger)
        values (40, now(), 1, 1, '%s', '%s', '%s', 'customer.created', 'automatic')
        """
            .formatted(id, event, new UUID(0, 0)));
  }

  private static UUID idAt(String time, long lowBits) {
    return UuidV7.of(Instant.parse(time).toEpochMilli(), 0, lowBits);
  }

  private void execute(String statement) {
    database.ledgerTransactions().autoCommit(c -> TestSql.execute(c, statement));
  }

  private List<String> queryStrings(String query) {
    return TestSql.queryStrings(database, query);
  }

  private Connection connect() throws SQLException {
    return TestSql.connect(testDatabase.settings());
  }
}
