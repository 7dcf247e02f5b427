package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes on while others keep the service busy.
class BusyServiceTest {

  private static final String CUSTOMER = "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}";

  /// All advisory locks of idempotency keys.
  private static final String LOCK_ALL_KEYS =
      "select pg_advisory_lock(x'706f6f6c6b657900'::bigint + n) from generate_series(0, 255) n";

  @TempDir private Path folder;

  @Test
  void lease_is_renewed_and_health_answered_while_all_carriers_are_busy() throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder);
        RunningService service =
            RunningService.start(RunningService.environmentOn(postgres.settings()))) {
      AdminSql sql = new AdminSql(postgres.settings());
      var isOver = new AtomicBoolean();
      List<Thread> busy =
          IntStream.range(0, Runtime.getRuntime().availableProcessors())
              .mapToObj(_ -> Thread.ofVirtual().start(() -> spinUntil(isOver)))
              .toList();
      try {
        for (int renewal = 0; renewal < 5; renewal++) {
          String before = leaseEnd(sql);
          Await.until("a renewed lease", () -> leaseEnd(sql), end -> !end.equals(before));
        }

        assertThat(service.api().getFromRoot("/health/live").status()).isEqualTo(200);
        assertThat(service.api().getFromRoot("/health/ready").status()).isEqualTo(200);
        assertThat(busy).allMatch(Thread::isAlive);
      } finally {
        isOver.set(true);
      }
    }
  }

  /// Work of a virtual thread that never waits, so that its carrier can run nothing else.
  private static void spinUntil(AtomicBoolean isOver) {
    while (!isOver.get()) {
      Thread.onSpinWait();
    }
  }

  private static String leaseEnd(AdminSql sql) {
    return sql.queryStrings("select lease_until from node").getFirst();
  }

  @Test
  void large_publish_that_takes_long_to_store_does_not_delay_small_ones() throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder);
        RunningService service =
            RunningService.start(RunningService.environmentOn(postgres.settings()))) {
      TestCompany large = service.createCompany();
      TestCompany small = service.createCompany();
      String items = String.join(",", Collections.nCopies(600, CUSTOMER));
      CompletableFuture<ApiResponse> largeResponse;
      try (Connection connection = connect(postgres);
          Statement statement = connection.createStatement()) {
        statement.execute(LOCK_ALL_KEYS);
        largeResponse =
            CompletableFuture.supplyAsync(() ->
                service
                    .api()
                    .publish(
                        large.eventJson("customer.created", "[" + items + "]"),
                        "Idempotency-Key",
                        "k"));
        Await.until(
            "the large publish waits for the database",
            () ->
                new AdminSql(postgres.settings())
                    .queryNumber(
                        "select count(*) from pg_stat_activity where wait_event = 'advisory'"),
            waiting -> waiting == 1);

        service.api().publish(small.eventJson("customer.created", CUSTOMER)).expect(202);

        assertThat(largeResponse).isNotDone();
      }
      largeResponse.get().expect(202);
    }
  }

  private static Connection connect(Postgres15 postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.settings().jdbcUrl(), postgres.settings().user(), postgres.settings().password());
  }
}
