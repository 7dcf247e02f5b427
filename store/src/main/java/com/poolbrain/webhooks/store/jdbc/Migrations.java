package com.poolbrain.webhooks.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The steps that bring a schema up to date. Of several nodes one takes them, and the others wait.
///
/// They only ever expand: the version before works on while they run, and starts on what they have
/// made.
record Migrations(String location) {

  /// Those of this version.
  static final Migrations BUNDLED = new Migrations("classpath:db/migration");

  /// The files of [#BUNDLED], in their order.
  static final List<String> BUNDLED_FILES =
      List.of("V1__configuration.sql", "V2__deliveries.sql", "V3__lists.sql");

  private static final String HAS_HISTORY_TABLE =
      "select to_regclass(quote_ident(current_schema()) || '.flyway_schema_history') is not null";

  private static final String SELECT_APPLIED =
      "select script, checksum from flyway_schema_history where success order by installed_rank";

  private static final String HAS_FAILED_OR_FOREIGN =
      "select exists (select from flyway_schema_history where not success or type <> 'SQL')";

  /// A step that was taken.
  ///
  /// @param checksum as Flyway reckons it
  private record Migration(String script, int checksum) {}

  /// Takes those that were not taken yet.
  ///
  /// @throws org.flywaydb.core.api.FlywayException if one fails
  void apply(DataSource dataSource) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations(location.split(",", -1))
        // An index that is made concurrently waits for every transaction that is open, also for one
        // that holds a lock for as long as there are steps to take.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .load()
        .migrate();
  }

  /// Whether exactly the steps of this version were taken, no other and none that failed. Then
  /// there is nothing to do; all else is left to Flyway, which takes half a second to begin.
  static boolean isUpToDate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return isTrue(statement, HAS_HISTORY_TABLE)
          && !isTrue(statement, HAS_FAILED_OR_FOREIGN)
          && applied(statement).equals(bundled());
    }
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static List<Migration> applied(Statement statement) throws SQLException {
    List<Migration> migrations = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(SELECT_APPLIED)) {
      while (rows.next()) {
        migrations.add(new Migration(rows.getString(1), rows.getInt(2)));
      }
    }
    return migrations;
  }

  private static List<Migration> bundled() {
    return BUNDLED_FILES.stream().map(file -> new Migration(file, checksum(file))).toList();
  }

  /// Over the text of all lines, without their ends.
  private static int checksum(String file) {
    var crc = new CRC32();
    InputStream in = Migrations.class.getResourceAsStream("/db/migration/" + file);
    try (var reader =
        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        crc.update(line.getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) crc.getValue();
  }
}
