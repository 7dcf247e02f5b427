package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The plans of hot path statements do not depend on the size of the tables.
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

  /// The generic plan for all parameters.
  private static String plan(Connection connection, String sql) throws SQLException {
    long parameterCount = sql.chars().filter(c -> c == '?').count();
    String nulls = "null, ".repeat((int) parameterCount - 1) + "null";
    TestSql.execute(connection, "prepare kept as " + withNumberedParameters(sql));
    List<String> plan = TestSql.queryStrings(connection, "explain execute kept(" + nulls + ")");
    TestSql.execute(connection, "deallocate kept");
    return String.join("\n", plan);
  }

  /// The statement with `$1`, `$2` … instead of the question marks of JDBC.
  private static String withNumberedParameters(String sql) {
    String[] parts = sql.split("\\?", -1);
    StringBuilder numbered = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      numbered.append('$').append(i).append(parts[i]);
    }
    return numbered.toString();
  }
}
