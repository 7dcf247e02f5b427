package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.Created;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.secret.ApiKeys;
import com.poolbrain.webhooks.store.secret.MasterKey;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A new test database with everything that changes and reads its configuration.
///
/// @param idGenerator generates UUIDs of version 7 in ascending order
public record ConfigFixture(
    TestDatabase testDatabase,
    Database database,
    ConfigTransactions configTransactions,
    Companies companies,
    Endpoints endpoints,
    EndpointHistory endpointHistory,
    ApiKeys apiKeys,
    ConfigReader configReader,
    Supplier<UUID> idGenerator)
    implements AutoCloseable {

  public static final Actor ACTOR = new Actor("key:ops", "203.0.113.9");
  static final String SECRET = "whsec_" + "c".repeat(43) + "=";

  public static ConfigFixture create(TestServer server) {
    TestDatabase testDatabase = server.createDatabase();
    Database database = testDatabase.open();
    TestSql.execute(
        testDatabase.settings(), "create table audit_default partition of audit default");
    AtomicLong next = new AtomicLong(1_771_000_000_000L);
    Supplier<UUID> idGenerator = () -> UuidV7.of(next.getAndIncrement(), 0, 0);
    Audit audit = new Audit(idGenerator);
    ConfigTransactions configTransactions =
        new ConfigTransactions(database.apiTransactions(), audit);
    SecretBox secretBox = new SecretBox(masterKey(7), List.of(), new SecureRandom());
    return new ConfigFixture(
        testDatabase,
        database,
        configTransactions,
        new Companies(configTransactions),
        new Endpoints(configTransactions, secretBox, idGenerator),
        new EndpointHistory(configTransactions),
        new ApiKeys(database.apiTransactions(), audit, idGenerator, new SecureRandom()),
        new ConfigReader(secretBox),
        idGenerator);
  }

  public static MasterKey masterKey(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return MasterKey.parse(Base64.getEncoder().encodeToString(bytes));
  }

  static NewEndpoint newEndpoint(long company, String... subscribedEvents) {
    return new NewEndpoint(
        company,
        URI.create("https://consumer.example/hooks"),
        List.of(subscribedEvents),
        "office",
        SECRET,
        DeliveryOptions.DEFAULT,
        List.of());
  }

  public Endpoint createEndpoint(long company, String... subscribedEvents) {
    return ((Created) endpoints.create(newEndpoint(company, subscribedEvents), ACTOR)).endpoint();
  }

  List<CompanyConfig> changedSince(long version) {
    return database
        .ledgerTransactions()
        .read(connection -> configReader.readChangedSince(connection, version));
  }

  long version() {
    return TestSql.queryLong(database, "select version from config");
  }

  public List<String> queryStrings(String sql) {
    return TestSql.queryStrings(database, sql);
  }

  @Override
  public void close() {
    database.close();
    testDatabase.close();
  }
}
