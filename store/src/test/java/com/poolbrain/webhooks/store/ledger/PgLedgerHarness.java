package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.config.ConfigReader;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.partition.PartitionFixture;
import com.poolbrain.webhooks.store.secret.SecretBox;
import com.poolbrain.webhooks.testkit.ledger.LedgerHarness;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A test database with a ledger. Its tables are emptied after each test, which is faster than a
/// new database.
public final class PgLedgerHarness implements LedgerHarness {

  private static final List<String> TABLES =
      List.of(
          "node",
          "dead_node",
          "event",
          "open_delivery",
          "delivery",
          "attempt",
          "event_ref",
          "idempotency",
          "endpoint_secret",
          "endpoint",
          "company");

  private final TestDatabase testDatabase;
  private final Database database;
  private final SecretBox secretBox =
      new SecretBox(ConfigFixture.masterKey(7), List.of(), new SecureRandom());
  private final PgLedger ledger;

  public PgLedgerHarness(TestServer server) {
    this(server.createDatabase());
  }

  PgLedgerHarness(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = testDatabase.open();
    ledger = new PgLedger(database, new ConfigReader(secretBox));
    PartitionFixture.createForToday(database);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  PgLedger pgLedger() {
    return ledger;
  }

  public Database database() {
    return database;
  }

  @Override
  public void configure(CompanyConfig companyConfig) {
    database
        .apiTransactions()
        .inTransaction(c -> {
          Handle handle = Jdbi.open(c);
          handle.execute("update config set version = version + 1");
          upsert(handle, companyConfig.company());
          companyConfig.endpoints().forEach(endpoint -> upsert(handle, endpoint));
          return true;
        });
  }

  @Override
  public void ageIdempotencyKeys(Duration by) {
    execute(
        """
        update idempotency set created_at = created_at - interval '%1$s',
          day = ((created_at - interval '%1$s') at time zone 'UTC')::date
        """
            .formatted(by));
  }

  /// Empties the tables.
  @Override
  public void close() {
    TABLES.forEach(table -> execute("delete from " + table));
  }

  public void dropDatabase() {
    database.close();
    testDatabase.close();
  }

  public void execute(String sql) {
    database.apiTransactions().inTransaction(c -> TestSql.execute(c, sql));
  }

  private static void upsert(Handle handle, Company company) {
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

  private void upsert(Handle handle, Endpoint endpoint) {
    handle
        .createUpdate(
            """
            insert into endpoint (id, company_id, url, subscribed_events, paused, deleted_at,
              created_at, version)
            select :id, :company, :url, :subscribedEvents, :paused,
              case when :deleted then now() end, :created, version
            from config
            on conflict (id) do update set subscribed_events = excluded.subscribed_events,
              paused = excluded.paused, deleted_at = excluded.deleted_at, version = excluded.version
            """)
        .bind("id", endpoint.id())
        .bind("company", endpoint.companyId())
        .bind("url", endpoint.url().toString())
        .bindArray("subscribedEvents", String.class, endpoint.subscribedEvents().toArray())
        .bind("paused", endpoint.paused())
        .bind("deleted", endpoint.deleted())
        .bind("created", endpoint.createdAt())
        .execute();
    SecretBox.SealedSecret sealedSecret =
        secretBox.seal(endpoint.signingSecrets().active(), endpoint.id(), SecretBox.Role.ACTIVE);
    handle.execute(
        """
        insert into endpoint_secret (endpoint_id, company_id, role, key_id, ciphertext)
        values (?, ?, 'active', ?, ?) on conflict do nothing
        """,
        endpoint.id(),
        endpoint.companyId(),
        sealedSecret.keyId(),
        sealedSecret.bytes());
  }
}
