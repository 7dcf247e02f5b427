package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.store.TestDatabase;
import java.time.Duration;

/// Adjustable clock of a database: functions of the same names hide those of PostgreSQL.
public final class ShiftedDatabaseClock {

  private final AdminSql sql;

  private ShiftedDatabaseClock(AdminSql sql) {
    this.sql = sql;
  }

  /// Installs the clock, without a shift, in a database without connections.
  public static ShiftedDatabaseClock install(TestDatabase database) {
    AdminSql sql = new AdminSql(database.settings());
    sql.execute(
        """
        create schema shifted;
        create table shifted.clock (skew interval not null);
        insert into shifted.clock values ('0');
        create function shifted.now() returns timestamptz language sql stable
          as 'select pg_catalog.now() + skew from shifted.clock';
        create function shifted.clock_timestamp() returns timestamptz language sql volatile
          as 'select pg_catalog.clock_timestamp() + skew from shifted.clock';
        alter database %s set search_path = public, shifted, pg_catalog;
        """
            .formatted(database.name()));
    return new ShiftedDatabaseClock(sql);
  }

  /// Shifts the clock to this long before its next midnight (UTC).
  public void setBeforeMidnight(Duration duration) {
    sql.execute(
        """
        update shifted.clock set skew
          = date_trunc('day', (pg_catalog.now() + skew) at time zone 'UTC')
          + interval '1 day' - interval '%d ms' - (pg_catalog.now() at time zone 'UTC')
        """
            .formatted(duration.toMillis()));
  }

  /// Shifts the clock by this many days from the true time.
  public void setDaysAhead(int days) {
    sql.execute("update shifted.clock set skew = interval '%d days'".formatted(days));
  }
}
