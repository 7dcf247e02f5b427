package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.Tuning;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.store.Endpoints.Creation.Created;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A fresh database with everything that configures it.
///
/// @param ids makes UUIDs of version 7, each later than the one before
record Configured(
    TestDatabase fresh,
    Database database,
    Changes changes,
    Companies companies,
    Endpoints endpoints,
    ApiKeys keys,
    SubscriptionsReader reader,
    Supplier<UUID> ids)
    implements AutoCloseable {

  static final String ACTOR = "key ops";
  static final String SECRET = "whsec_" + "c".repeat(43) + "=";

  static Configured on(TestServer server) {
    TestDatabase fresh = server.fresh();
    Database database = fresh.open();
    AtomicLong next = new AtomicLong(1_771_000_000_000L);
    Supplier<UUID> ids = () -> new UUID(next.getAndIncrement() << 16 | 0x7000, Long.MIN_VALUE);
    Changes changes = new Changes(database.api(), ids);
    SecretBox box = new SecretBox(masterKey(7), List.of(), new SecureRandom());
    return new Configured(
        fresh,
        database,
        changes,
        new Companies(changes),
        new Endpoints(changes, box, ids),
        new ApiKeys(changes, ids, new SecureRandom()),
        new SubscriptionsReader(box),
        ids);
  }

  static MasterKey masterKey(int fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) fill);
    return MasterKey.parse(Base64.getEncoder().encodeToString(bytes));
  }

  static NewEndpoint wanted(long company, String... names) {
    return new NewEndpoint(
        company,
        URI.create("https://consumer.example/hooks"),
        List.of(names),
        "the office",
        SECRET,
        Tuning.DEFAULT);
  }

  Endpoint endpoint(long company, String... names) {
    return ((Created) endpoints.create(wanted(company, names), ACTOR)).endpoint();
  }

  List<Subscriptions> changedSince(long version) {
    return database.ledger().read(connection -> reader.changedSince(connection, version));
  }

  long version() {
    return number("select version from config");
  }

  long number(String sql) {
    return changes.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  List<String> texts(String sql) {
    return changes.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Override
  public void close() {
    database.close();
    fresh.close();
  }
}
