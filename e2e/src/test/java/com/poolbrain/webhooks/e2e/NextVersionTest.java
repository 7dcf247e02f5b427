package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.Sql;
import com.poolbrain.webhooks.e2e.house.Traffic;
import com.poolbrain.webhooks.store.NextVersion;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The next version migrates the database while this one works on it.
@ParameterizedClass
@EnumSource(TestServer.class)
class NextVersionTest {

  private static final int MIDDLE = 200;

  @Parameter private TestServer server;
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = server.fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void thisVersionGoesOnWithoutAnErrorAndStartsOnTheNewSchemaToo(TestReporter report)
      throws Exception {
    Setup setup = Setup.on(database.settings());
    try (House house = House.open(setup);
        Traffic traffic = Traffic.through(house)) {
      traffic.publish(MIDDLE);
      traffic.awaitArrivals(MIDDLE);
      Thread migration =
          Thread.ofVirtual().start(() -> NextVersion.migrate(database, "classpath:db/next"));
      Patience.until("it is migrated", () -> isOver(migration, traffic), over -> over);
      traffic.publish(MIDDLE);

      traffic.assertThatNothingIsLost(0, report);
      traffic.assertThatAllIsOnRecord(house.api());
      assertThat(traffic.publishers().refusals()).isEmpty();
    }
    assertThat(
            new Sql(database.settings())
                .strings("select version from flyway_schema_history where success"))
        .contains("1000", "1001");
    try (House house = House.open(setup);
        Traffic traffic = Traffic.through(house)) {
      traffic.publish(MIDDLE);
      traffic.assertThatNothingIsLost(0, report);
    }
  }

  private static boolean isOver(Thread migration, Traffic traffic) {
    traffic.keepGoing();
    return !migration.isAlive();
  }
}
