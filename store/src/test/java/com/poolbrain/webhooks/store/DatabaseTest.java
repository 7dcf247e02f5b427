package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class DatabaseTest {

  private final TestServer server;

  DatabaseTest(TestServer server) {
    this.server = server;
  }

  @Test
  void a_fresh_database_has_the_schema_and_version_0() {
    try (TestDatabase fresh = server.fresh();
        Database database = fresh.open()) {
      assertThat(number(database, "select version from config")).isZero();
      assertThat(number(database, "select count(*) from endpoint")).isZero();
    }
  }

  @Test
  void a_wrong_address_stops_the_start_with_a_sentence() {
    DatabaseSettings nowhere =
        DatabaseSettings.of("jdbc:postgresql://127.0.0.1:1/x?ssl=false", "u", "hidden");
    assertThatThrownBy(() -> Database.open(nowhere))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("Can't use the database at jdbc:postgresql://127.0.0.1:1/x as u: ")
        .hasMessageNotContaining("hidden");
  }

  static long number(Database database, String sql) {
    return database
        .api()
        .read(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }
}
