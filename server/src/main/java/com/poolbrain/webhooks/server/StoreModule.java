package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.api.manage.ManagementRoutes;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.http.ApiKeyLookup;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Repositories;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.config.Companies;
import com.poolbrain.webhooks.store.config.ConfigReader;
import com.poolbrain.webhooks.store.config.ConfigTransactions;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.EndpointHealth;
import com.poolbrain.webhooks.store.secret.ApiKey;
import com.poolbrain.webhooks.store.secret.ApiKeys;
import com.poolbrain.webhooks.store.secret.MasterKey;
import com.poolbrain.webhooks.store.secret.SecretBox;
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
record StoreModule(
    Database database,
    PgLedger ledger,
    ApiKeys apiKeys,
    ConfigComponents config,
    DatabaseOrigin databaseOrigin) {

  private static final Logger LOG = LoggerFactory.getLogger(StoreModule.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /// What configuration is changed and encrypted with.
  record ConfigComponents(
      ConfigTransactions configTransactions,
      SecretBox secretBox,
      UuidV7Generator uuidV7Generator,
      ConfigReader configReader) {}

  /// Where the database comes from.
  ///
  /// @param isEmbedded whether it is an embedded one, which nobody else uses
  /// @param adminKey the operator key that was made up, if one was
  record DatabaseOrigin(boolean isEmbedded, GeneratedKeys.@Nullable StoredKey adminKey) {}

  static StoreModule open(Settings settings, Clock clock, CloseStack closeStack) {
    Settings.ExternalDatabase externalDatabase = settings.store().externalDatabase();
    DatabaseSettings databaseSettings =
        externalDatabase == null
            ? closeStack.keep(EmbeddedPostgres.start(settings.store().dataDir())).settings()
            : DatabaseSettings.withDefaults(
                externalDatabase.jdbcUrl(), externalDatabase.user(), externalDatabase.password());
    Database database = closeStack.keep(Database.open(databaseSettings));
    syncClock(clock, database);
    var generated = new GeneratedKeys(settings.store().dataDir(), RANDOM);
    SecretBox secretBox = createSecretBox(settings.keys(), generated);
    var configReader = new ConfigReader(secretBox);
    database
        .apiTransactions()
        .read(connection -> {
          configReader.requireMasterKeys(connection);
          return true;
        });
    var uuidV7Generator = new UuidV7Generator(clock, RANDOM);
    var configTransactions = new ConfigTransactions(database.apiTransactions(), uuidV7Generator);
    var apiKeys = new ApiKeys(configTransactions, uuidV7Generator, RANDOM);
    return new StoreModule(
        database,
        new PgLedger(database.ledgerTransactions(), configReader::readChangedSince),
        apiKeys,
        new ConfigComponents(configTransactions, secretBox, uuidV7Generator, configReader),
        new DatabaseOrigin(externalDatabase == null, adminKey(settings, generated, apiKeys)));
  }

  /// Before anybody asks for the time, because the clock never goes back: on a machine that is
  /// ahead the first day and the first ids would not be the database's.
  private static void syncClock(Clock clock, Database database) {
    long requestedAtNanos = clock.nanoTime();
    Instant now = database.now();
    clock.syncTo(now, requestedAtNanos + (clock.nanoTime() - requestedAtNanos) / 2);
  }

  private static SecretBox createSecretBox(
      Settings.KeySettings keySettings, GeneratedKeys generated) {
    String masterKey =
        keySettings.masterKey() == null ? generated.masterKey() : keySettings.masterKey();
    return new SecretBox(
        MasterKey.parse(masterKey),
        keySettings.previousMasterKeys().stream().map(MasterKey::parse).toList(),
        RANDOM);
  }

  private static GeneratedKeys.@Nullable StoredKey adminKey(
      Settings settings, GeneratedKeys generated, ApiKeys apiKeys) {
    String configured = settings.keys().adminKey();
    if (configured != null) {
      apiKeys.ensureOperatorKey(configured, "WEBHOOKS_ADMIN_KEY");
      return null;
    }
    if (settings.store().externalDatabase() != null) {
      LOG.info("WEBHOOKS_ADMIN_KEY is not set: only keys that are in the database are good.");
      return null;
    }
    GeneratedKeys.StoredKey generatedKey = generated.adminKey();
    apiKeys.ensureOperatorKey(generatedKey.key(), generatedKey.file().getFileName().toString());
    return generatedKey;
  }

  /// What the management half of the API works on.
  Repositories repositories(Engine engine) {
    return new Repositories(
        new Companies(config.configTransactions()),
        new Endpoints(config.configTransactions(), config.secretBox(), config.uuidV7Generator()),
        new EndpointHealth(database.apiTransactions()),
        apiKeys,
        new DeliveryLog(database.apiTransactions(), ManagementRoutes.runningAttempts(engine)));
  }

  RandomGenerator random() {
    return RANDOM;
  }

  GeneratedKeys.@Nullable StoredKey adminKey() {
    return databaseOrigin.adminKey();
  }

  /// What earlier processes left open in a database that nobody else uses is free at once.
  void takeOverEmbedded(UUID incarnation) {
    if (databaseOrigin.isEmbedded()) {
      int releasedCount = ledger.expireAllOthers(incarnation);
      if (releasedCount > 0) {
        LOG.info("{} deliveries that were open when the service ended go on now.", releasedCount);
      }
    }
  }

  /// Whether the database answers.
  boolean isReachable() {
    return database.isReachable();
  }

  /// The API keys as the listener asks for them.
  ApiKeyLookup apiKeyLookup() {
    return text -> {
      ApiKey key = apiKeys.find(text);
      return key == null ? null : toPrincipal(key);
    };
  }

  private static Principal toPrincipal(ApiKey key) {
    Set<Scope> scopes = new HashSet<>();
    for (String wireName : key.scopes()) {
      scopes.add(Objects.requireNonNull(Scope.fromWireName(wireName), "a scope of the database"));
    }
    return new Principal(key.id().toString(), key.name(), scopes, key.companyId());
  }
}
