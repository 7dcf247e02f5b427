package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How the statements of the hot path are planned, whatever the tables hold.
@Tag("slow")
final class QueryPlanTest {

  @Test
  void recording_first_attempts_uses_the_primary_key_and_never_scans() {
    try (TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase();
        Database database = testDatabase.open()) {
      String plan =
          database.ledgerTransactions().read(c -> plan(c, FirstAttemptFastPath.END_DELIVERIES));

      assertThat(plan)
          .contains(
              "Tid Scan on open_delivery", "Index Scan using open_delivery_pkey on open_delivery");
      assertThat(plan)
          .contains("Index Cond: ((company_id = r.company_id) AND (id = r.id))")
          .doesNotContain("Seq Scan on open_delivery", "Bitmap");
    }
  }

  /// The plan that is kept for all parameters.
  private static String plan(Connection connection, String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    long parameterCount = sql.chars().filter(c -> c == '?').count();
    String nulls = "null, ".repeat((int) parameterCount - 1) + "null";
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare kept as " + withNumberedParameters(sql));
      try (ResultSet rows = statement.executeQuery("explain execute kept(" + nulls + ")")) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      statement.execute("deallocate kept");
    }
    return plan.toString();
  }

  /// With `$1`, `$2` … where JDBC has question marks.
  private static String withNumberedParameters(String sql) {
    String[] parts = sql.split("\\?", -1);
    StringBuilder numbered = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      numbered.append('$').append(i).append(parts[i]);
    }
    return numbered.toString();
  }
}
