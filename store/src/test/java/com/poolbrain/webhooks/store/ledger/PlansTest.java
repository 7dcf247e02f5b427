package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.Database;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// How the statements of the hot path are planned, whatever the tables hold.
final class PlansTest {

  @Test
  void aResultFindsItsDeliveryByKeyAndPlaceAndWalksOverNoOther() {
    try (TestDatabase fresh = TestServer.EMBEDDED_18.fresh();
        Database database = fresh.open()) {
      String plan = database.ledger().read(c -> plan(c, FirstAttempts.END));

      assertThat(plan).contains("Tid Scan on due", "Index Scan using due_pkey on due");
      assertThat(plan)
          .contains("Index Cond: ((company_id = r.company_id) AND (id = r.id))")
          .doesNotContain("Seq Scan on due", "Bitmap");
    }
  }

  /// The plan that is kept for all parameters.
  private static String plan(Connection connection, String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    long parameters = sql.chars().filter(c -> c == '?').count();
    String nulls = "null, ".repeat((int) parameters - 1) + "null";
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare kept as " + numbered(sql));
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
  private static String numbered(String sql) {
    String[] parts = sql.split("\\?", -1);
    StringBuilder numbered = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      numbered.append('$').append(i).append(parts[i]);
    }
    return numbered.toString();
  }
}
