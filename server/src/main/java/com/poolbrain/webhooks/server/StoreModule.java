package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.domain.history.Retention;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.server.GeneratedKeys.StoredKey;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.audit.AuditLog;
import com.poolbrain.webhooks.store.config.Companies;
import com.poolbrain.webhooks.store.config.ConfigReader;
import com.poolbrain.webhooks.store.config.ConfigTransactions;
import com.poolbrain.webhooks.store.config.EndpointHistory;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.config.EventTypeStore;
import com.poolbrain.webhooks.store.config.StoredEventType;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import com.poolbrain.webhooks.store.erasure.CompanyDeletion;
import com.poolbrain.webhooks.store.erasure.CustomerErasure;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import com.poolbrain.webhooks.store.partition.PartitionMaintenance;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.EventLookup;
import com.poolbrain.webhooks.store.query.OpenDeliveries;
import com.poolbrain.webhooks.store.query.RunningAttempts;
import com.poolbrain.webhooks.store.secret.ApiKeys;
import com.poolbrain.webhooks.store.secret.KeyRotation;
import com.poolbrain.webhooks.store.secret.MasterKey;
import com.poolbrain.webhooks.store.secret.MasterKeyCheck;
import com.poolbrain.webhooks.store.secret.SecretBox;
import com.poolbrain.webhooks.store.session.PortalLinks;
import com.poolbrain.webhooks.store.session.Sessions;
import com.poolbrain.webhooks.store.statistics.EndpointStatuses;
import com.poolbrain.webhooks.store.statistics.FailingEndpoints;
import com.poolbrain.webhooks.store.statistics.PgStatistics;
import com.poolbrain.webhooks.store.statistics.StatisticsReader;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The opened database, and the parts of module `store` that work on it.
final class StoreModule {

  static final SecureRandom RANDOM = new SecureRandom();

  private static final Logger LOG = LoggerFactory.getLogger(StoreModule.class);

  private final Settings settings;
  private final Database database;
  private final PartitionMaintenance partitions;
  private final List<MasterKey> masterKeys;
  private final ConfigReader configReader;
  private final AuditLog auditLog;
  private final ConfigTransactions configTransactions;
  private final Jobs jobs;
  private final KeyRotation keyRotation;
  private final ApiKeys apiKeys;
  private final Sessions sessions;
  private final PortalLinks portalLinks;
  private final Companies companies;
  private final EventTypeStore eventTypes;
  private final Endpoints endpoints;
  private final EndpointHistory endpointHistory;
  private final PgLedger ledger;
  private final @Nullable StoredKey generatedAdminKey;

  /// @param eventTypeListener gets the event types of operators whenever they changed
  StoreModule(
      Settings settings,
      Clock clock,
      ThreadFactory threads,
      Consumer<List<StoredEventType>> eventTypeListener,
      CloseStack closeStack) {
    this.settings = settings;
    var generatedKeys = new GeneratedKeys(settings.store().dataDir(), RANDOM);
    StoredKey generatedMasterKey =
        settings.keys().masterKey() == null ? generatedKeys.masterKey() : null;
    this.generatedAdminKey =
        isEmbedded() && settings.keys().adminKey() == null ? generatedKeys.adminKey() : null;
    this.database = closeStack.keep(Database.open(databaseSettings(settings.store(), closeStack)));
    syncClock(clock, database);
    var ids = new UuidV7Generator(clock, RANDOM);
    var audit = new Audit(ids);
    this.partitions =
        closeStack.start(
            new PartitionMaintenance(
                database, settings.store().retentionDays(), audit, clock, threads));
    this.masterKeys = readMasterKeys(settings.keys(), generatedMasterKey);
    var secretBox =
        new SecretBox(masterKeys.getFirst(), masterKeys.subList(1, masterKeys.size()), RANDOM);
    this.configReader = new ConfigReader(secretBox, eventTypeListener);
    database
        .apiTransactions()
        .read(connection -> {
          new MasterKeyCheck(secretBox).run(connection);
          return true;
        });
    if (generatedMasterKey != null) {
      generatedKeys.store(generatedMasterKey); // only now: the database may need an older one
    }
    this.auditLog = new AuditLog(database.apiTransactions(), audit);
    this.jobs = new Jobs(database.apiTransactions(), audit, ids);
    this.keyRotation = new KeyRotation(secretBox);
    this.configTransactions = new ConfigTransactions(database.apiTransactions(), audit);
    this.apiKeys = new ApiKeys(database.apiTransactions(), audit, ids, RANDOM);
    this.sessions = new Sessions(database.apiTransactions(), audit, ids, RANDOM);
    this.portalLinks = new PortalLinks(database.apiTransactions(), ids, RANDOM, sessions);
    this.companies = new Companies(configTransactions);
    this.eventTypes = new EventTypeStore(configTransactions);
    this.endpoints = new Endpoints(configTransactions, secretBox, ids);
    this.endpointHistory = new EndpointHistory(configTransactions);
    this.ledger = new PgLedger(database, configReader);
    if (generatedAdminKey != null) {
      generatedKeys.store(generatedAdminKey);
    }
    ensureAdminKey();
    apiKeys.loadChosenKeys();
  }

  private static DatabaseSettings databaseSettings(
      Settings.StoreSettings settings, CloseStack closeStack) {
    Settings.ExternalDatabase external = settings.externalDatabase();
    return external == null
        ? closeStack.keep(EmbeddedPostgres.start(settings.dataDir())).settings()
        : DatabaseSettings.withDefaults(external.jdbcUrl(), external.user(), external.password());
  }

  /// Sets the clock to database time before its first use. The clock never goes back: on a machine
  /// whose clock is ahead, the first partitions and ids would otherwise lie in the future.
  private static void syncClock(Clock clock, Database database) {
    long askedAt = clock.nanoTime();
    Instant now = database.now();
    clock.syncTo(now, askedAt, clock.nanoTime());
  }

  /// The present master key, followed by the previous ones.
  private static List<MasterKey> readMasterKeys(
      Settings.KeySettings keys, @Nullable StoredKey generatedMasterKey) {
    String masterKey = generatedMasterKey == null ? keys.masterKey() : generatedMasterKey.key();
    return Stream.concat(
            Stream.of(Objects.requireNonNull(masterKey)), keys.previousMasterKeys().stream())
        .map(MasterKey::parse)
        .toList();
  }

  private void ensureAdminKey() {
    String configured = settings.keys().adminKey();
    if (configured != null) {
      apiKeys.ensureOperatorKey(configured, "WEBHOOKS_ADMIN_KEY");
    } else if (generatedAdminKey != null) {
      apiKeys.ensureOperatorKey(
          generatedAdminKey.key(), generatedAdminKey.file().getFileName().toString());
    } else {
      LOG.info("WEBHOOKS_ADMIN_KEY is not set: only API keys in the database are accepted.");
    }
  }

  private boolean isEmbedded() {
    return settings.store().externalDatabase() == null;
  }

  Database database() {
    return database;
  }

  PartitionMaintenance partitions() {
    return partitions;
  }

  Retention retention() {
    return new Retention(settings.store().retentionDays());
  }

  PgLedger ledger() {
    return ledger;
  }

  ConfigReader configReader() {
    return configReader;
  }

  /// The generated operator key; null if the key was configured or the database is external.
  @Nullable StoredKey generatedAdminKey() {
    return generatedAdminKey;
  }

  ApiKeys apiKeys() {
    return apiKeys;
  }

  Sessions sessions() {
    return sessions;
  }

  PortalLinks portalLinks() {
    return portalLinks;
  }

  Companies companies() {
    return companies;
  }

  EventTypeStore eventTypes() {
    return eventTypes;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  EndpointHistory endpointHistory() {
    return endpointHistory;
  }

  Jobs jobs() {
    return jobs;
  }

  /// @param onSkipped gets the deliveries that jobs cancel
  JobWorks jobWorks(Consumer<DeliveriesSkipped> onSkipped) {
    return new JobWorks(
        keyRotation,
        new CustomerErasure(configTransactions, jobs, onSkipped),
        new CompanyDeletion(configTransactions, jobs, onSkipped));
  }

  KeyRotation keyRotation() {
    return keyRotation;
  }

  AuditLog auditLog() {
    return auditLog;
  }

  OpenDeliveries openDeliveries() {
    return new OpenDeliveries(database.apiTransactions());
  }

  EndpointStatuses endpointStatuses() {
    return new EndpointStatuses(database.apiTransactions());
  }

  /// The keys that sign links in mails; the first one is the present one.
  List<SecretKey> linkKeys() {
    return masterKeys.stream().map(key -> key.derive("links in mails")).toList();
  }

  PgStatistics statistics() {
    return new PgStatistics(
        database.apiTransactions(), Duration.ofDays(settings.store().retentionDays()));
  }

  FailingEndpoints failingEndpoints() {
    return new FailingEndpoints(database.apiTransactions());
  }

  StatisticsReader statisticsReader() {
    return new StatisticsReader(database.apiTransactions());
  }

  DeliveryLog deliveryLog(RunningAttempts runningAttempts) {
    return new DeliveryLog(database.apiTransactions(), runningAttempts);
  }

  EventLookup eventLookup(RunningAttempts runningAttempts) {
    return new EventLookup(database.apiTransactions(), runningAttempts);
  }

  /// Releases what earlier runs left claimed. An embedded database has one node, so every other
  /// incarnation is dead.
  void takeOverEmbedded(UUID incarnation) {
    int released = isEmbedded() ? ledger.expireAllOthers(incarnation) : 0;
    if (released > 0) {
      LOG.info("Released {} open deliveries of an earlier run.", released);
    }
  }
}
