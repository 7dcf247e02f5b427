package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.store.TestDatabase;
import java.time.Duration;

/// The clock of a database, which everybody goes by, and which is moved at will: its functions are
/// hidden behind others of the same name.
public final class ShiftedDatabaseClock {

  private final AdminSql sql;

  private ShiftedDatabaseClock(AdminSql sql) {
    this.sql = sql;
  }

  /// The clock of a database that nobody has connected to yet; it is right at first.
  public static ShiftedDatabaseClock install(TestDatabase database) {
    AdminSql sql = new AdminSql(database.settings());
    sql.execute(
        """
        create schema shifted;
        create table shifted.clock (ahead interval not null);
        insert into shifted.clock values ('0');
        create function shifted.now() returns timestamptz language sql stable
          as 'select pg_catalog.now() + ahead from shifted.clock';
        create function shifted.clock_timestamp() returns timestamptz language sql volatile
          as 'select pg_catalog.clock_timestamp() + ahead from shifted.clock';
        alter database %s set search_path = public, shifted, pg_catalog;
        """
            .formatted(database.name()));
    return new ShiftedDatabaseClock(sql);
  }

  /// Moves it so that it is so long before the next midnight (UTC) by what it says now.
  public void setBeforeMidnight(Duration duration) {
    sql.execute(
        """
        update shifted.clock set ahead
          = date_trunc('day', (pg_catalog.now() + ahead) at time zone 'UTC')
          + interval '1 day' - interval '%d ms' - (pg_catalog.now() at time zone 'UTC')
        """
            .formatted(duration.toMillis()));
  }

  /// Moves it so many days from the right time.
  public void setDaysAhead(int days) {
    sql.execute("update shifted.clock set ahead = interval '%d days'".formatted(days));
  }
}
