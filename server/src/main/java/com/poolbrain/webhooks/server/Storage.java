package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.Clock;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.Ids;
import com.poolbrain.webhooks.server.http.Caller;
import com.poolbrain.webhooks.server.http.Keys;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.server.manage.Management;
import com.poolbrain.webhooks.server.manage.Stores;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.store.ApiKey;
import com.poolbrain.webhooks.store.ApiKeys;
import com.poolbrain.webhooks.store.Changes;
import com.poolbrain.webhooks.store.Companies;
import com.poolbrain.webhooks.store.Database;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.Endpoints;
import com.poolbrain.webhooks.store.MasterKey;
import com.poolbrain.webhooks.store.SecretBox;
import com.poolbrain.webhooks.store.SubscriptionsReader;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import com.poolbrain.webhooks.store.log.DeliveryLog;
import com.poolbrain.webhooks.store.log.EndpointHealth;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database with what is built right on it.
record Storage(
    Database database, PgLedger ledger, ApiKeys apiKeys, Configuring configuring, Origin origin) {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /// What configuration is changed and encrypted with.
  record Configuring(Changes changes, SecretBox box, Ids ids, SubscriptionsReader subscriptions) {}

  /// Where the database comes from.
  ///
  /// @param own whether it is an embedded one, which nobody else uses
  /// @param admin the operator key that was made up, if one was
  record Origin(boolean own, GeneratedKeys.@Nullable Kept admin) {}

  static Storage open(Settings settings, Clock clock, Parts parts) {
    Settings.External external = settings.store().external();
    DatabaseSettings where =
        external == null
            ? parts.keep(EmbeddedPostgres.start(settings.store().dataDir())).settings()
            : DatabaseSettings.of(external.jdbcUrl(), external.user(), external.password());
    Database database = parts.keep(Database.open(where));
    agree(clock, database);
    var generated = new GeneratedKeys(settings.store().dataDir(), RANDOM);
    SecretBox box = box(settings.keys(), generated);
    var subscriptions = new SubscriptionsReader(box);
    database
        .api()
        .read(connection -> {
          subscriptions.requireMasterKeys(connection);
          return true;
        });
    var ids = new Ids(clock, RANDOM);
    var changes = new Changes(database.api(), ids);
    var apiKeys = new ApiKeys(changes, ids, RANDOM);
    return new Storage(
        database,
        new PgLedger(database.ledger(), subscriptions::changedSince),
        apiKeys,
        new Configuring(changes, box, ids, subscriptions),
        new Origin(external == null, admin(settings, generated, apiKeys)));
  }

  /// Before anybody asks for the time, because the clock never goes back: on a machine that is
  /// ahead the first day and the first ids would not be the database's.
  private static void agree(Clock clock, Database database) {
    long asked = clock.nanoTime();
    Instant now = database.now();
    clock.agree(now, asked + (clock.nanoTime() - asked) / 2);
  }

  private static SecretBox box(Settings.Keys keys, GeneratedKeys generated) {
    String master = keys.master() == null ? generated.master() : keys.master();
    return new SecretBox(
        MasterKey.parse(master),
        keys.previousMasters().stream().map(MasterKey::parse).toList(),
        RANDOM);
  }

  private static GeneratedKeys.@Nullable Kept admin(
      Settings settings, GeneratedKeys generated, ApiKeys apiKeys) {
    String set = settings.keys().admin();
    if (set != null) {
      apiKeys.ensureOperator(set, "WEBHOOKS_ADMIN_KEY");
      return null;
    }
    if (settings.store().external() != null) {
      LOG.info("WEBHOOKS_ADMIN_KEY is not set: only keys that are in the database are good.");
      return null;
    }
    GeneratedKeys.Kept kept = generated.admin();
    apiKeys.ensureOperator(kept.key(), kept.file().getFileName().toString());
    return kept;
  }

  /// What the management half of the API works on.
  Stores managed(Engine engine) {
    return new Stores(
        new Companies(configuring.changes()),
        new Endpoints(configuring.changes(), configuring.box(), configuring.ids()),
        new EndpointHealth(database.api()),
        apiKeys,
        new DeliveryLog(database.api(), Management.running(engine)));
  }

  RandomGenerator random() {
    return RANDOM;
  }

  GeneratedKeys.@Nullable Kept admin() {
    return origin.admin();
  }

  /// What earlier processes left open in a database that nobody else uses is free at once.
  void onlyNode(UUID incarnation) {
    if (origin.own()) {
      int freed = ledger.buryAllOthers(incarnation);
      if (freed > 0) {
        LOG.info("{} deliveries that were open when the service ended go on now.", freed);
      }
    }
  }

  /// Whether the database answers.
  boolean reachable() {
    return database.answers();
  }

  /// The API keys as the listener asks for them.
  Keys keys() {
    return text -> {
      ApiKey key = apiKeys.find(text);
      return key == null ? null : caller(key);
    };
  }

  private static Caller caller(ApiKey key) {
    Set<Scope> scopes = new HashSet<>();
    for (String word : key.scopes()) {
      scopes.add(Objects.requireNonNull(Scope.of(word), "a scope of the database"));
    }
    return new Caller(key.id().toString(), key.name(), scopes, key.companyId());
  }
}
