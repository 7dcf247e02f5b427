package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.jdbc.NextVersionMigrations;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The next version migrates the schema while this version runs on it.
@ParameterizedClass
@EnumSource(TestServer.class)
class SchemaUpgradeTest {

  private static final int EVENTS = 200;

  @Parameter private TestServer server;
  private TestDatabase database;

  @BeforeEach
  void createDatabase() {
    database = server.createDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void this_version_runs_through_the_next_migration_and_starts_on_its_schema(TestReporter report)
      throws Exception {
    ServiceEnvironment environment = RunningService.environmentOn(database.settings());
    try (RunningService service = RunningService.start(environment);
        Traffic traffic = Traffic.against(service)) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS);
      Thread migration =
          Thread.ofVirtual()
              .start(() -> NextVersionMigrations.apply(database, "classpath:db/next"));
      Await.until(
          "the migration has ended",
          () -> keepPublishingUntilOver(migration, traffic),
          over -> over);
      traffic.publish(EVENTS);

      traffic.assertThatNothingIsLost(0, report);
      traffic.assertThatAllIsRecorded(service.api());
      assertThat(traffic.publishers().rejections()).isEmpty();
    }
    assertThat(
            new AdminSql(database.settings())
                .queryStrings("select version from flyway_schema_history where success"))
        .contains("1000", "1001");
    try (RunningService service = RunningService.start(environment);
        Traffic traffic = Traffic.against(service)) {
      traffic.publish(EVENTS);
      traffic.assertThatNothingIsLost(0, report);
    }
  }

  private static boolean keepPublishingUntilOver(Thread migration, Traffic traffic) {
    traffic.keepPublishing();
    return !migration.isAlive();
  }
}
