package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.contracts.ledger.LedgerWorld;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Ledger;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A database with a ledger in it, that is emptied for each test instead of being made anew.
final class LedgerDatabase implements LedgerWorld {

  private static final List<String> TABLES =
      List.of(
          "node",
          "dead_node",
          "event",
          "due",
          "delivery",
          "attempt",
          "event_ref",
          "idempotency",
          "endpoint_secret",
          "endpoint",
          "company");

  private final TestDatabase fresh;
  private final Database database;
  private final SecretBox box =
      new SecretBox(Configured.masterKey(7), List.of(), new SecureRandom());
  private final PgLedger ledger;

  LedgerDatabase(TestServer server) {
    this(server.fresh());
  }

  LedgerDatabase(TestDatabase fresh) {
    this.fresh = fresh;
    database = fresh.open();
    ledger = new PgLedger(database.ledger(), new SubscriptionsReader(box)::changedSince);
    try {
      LocalDate today = database.api().read(LedgerDatabase::today);
      new DayPartitions(database.upkeep(), 2).makeAhead(today, Set.of());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  PgLedger pgLedger() {
    return ledger;
  }

  Database database() {
    return database;
  }

  @Override
  public void given(Subscriptions subscriptions) {
    database
        .api()
        .inTransaction(c -> {
          Handle handle = Jdbi.open(c);
          handle.execute("update config set version = version + 1");
          write(handle, subscriptions.company());
          subscriptions.endpoints().forEach(endpoint -> write(handle, endpoint));
          return true;
        });
  }

  @Override
  public void age(Duration by) {
    execute(
        """
        update idempotency set created_at = created_at - interval '%1$s',
          day = ((created_at - interval '%1$s') at time zone 'UTC')::date
        """
            .formatted(by));
  }

  /// Empties it.
  @Override
  public void close() {
    TABLES.forEach(table -> execute("delete from " + table));
  }

  void drop() {
    database.close();
    fresh.close();
  }

  void execute(String sql) {
    database
        .api()
        .inTransaction(c -> {
          try (Statement statement = c.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  private static LocalDate today(Connection c) {
    return Jdbi.open(c)
        .createQuery("select (now() at time zone 'UTC')::date")
        .mapTo(LocalDate.class)
        .one();
  }

  private static void write(Handle handle, Company company) {
    handle.execute(
        """
        insert into company (id, name, webhooks_enabled, created_at, version)
        select ?, ?, ?, now(), version from config
        on conflict (id) do update set name = excluded.name, version = excluded.version,
          webhooks_enabled = excluded.webhooks_enabled
        """,
        company.id(),
        company.name(),
        company.webhooksEnabled());
  }

  private void write(Handle handle, Endpoint endpoint) {
    handle
        .createUpdate(
            """
            insert into endpoint (id, company_id, url, names, paused, deleted_at, created_at,
              version)
            select :id, :company, :url, :names, :paused, case when :deleted then now() end,
              :created, version
            from config
            on conflict (id) do update set names = excluded.names, paused = excluded.paused,
              deleted_at = excluded.deleted_at, version = excluded.version
            """)
        .bind("id", endpoint.id())
        .bind("company", endpoint.companyId())
        .bind("url", endpoint.url().toString())
        .bindArray("names", String.class, endpoint.names().toArray())
        .bind("paused", endpoint.paused())
        .bind("deleted", endpoint.deleted())
        .bind("created", endpoint.createdAt())
        .execute();
    SecretBox.Sealed secret =
        box.seal(endpoint.secrets().active(), endpoint.id(), SecretBox.Role.ACTIVE);
    handle.execute(
        """
        insert into endpoint_secret (endpoint_id, company_id, role, key_id, ciphertext)
        values (?, ?, 'active', ?, ?) on conflict do nothing
        """,
        endpoint.id(),
        endpoint.companyId(),
        secret.keyId(),
        secret.bytes());
  }
}
