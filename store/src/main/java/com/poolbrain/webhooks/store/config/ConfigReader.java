package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Erasure;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration that changed since a version, for the configuration snapshots of nodes.
public final class ConfigReader {

  private static final String CHANGED_COMPANIES =
      """
      select id, name, webhooks_enabled, deleted_at is not null as deleted
      from company
      where id in (select id from company where version > :version
                   union
                   select company_id from endpoint where version > :version)
      order by id
      """;

  private static final String ENDPOINTS_OF_CHANGED_COMPANIES =
      EndpointMapper.SELECT
          + """
          where e.company_id in (select id from company where version > :version
                                 union
                                 select company_id from endpoint where version > :version)
          order by e.id
          """;

  private static final String RUNNING_ERASURES =
      """
      select company_id, customer_id, created_at from job
      where kind = 'erase' and status = 'running'
      """;

  private static final Logger log = LoggerFactory.getLogger(ConfigReader.class);

  private final EndpointMapper mapper;
  private final Consumer<List<StoredEventType>> eventTypeListener;
  private final Set<UUID> unreadableEndpoints = ConcurrentHashMap.newKeySet();

  /// A reader whose caller needs no event types.
  public ConfigReader(SecretBox secretBox) {
    this(secretBox, _ -> {});
  }

  /// @param eventTypeListener gets all event types that operators added, whenever one of them
  ///   changed, before the configuration that may name it
  public ConfigReader(SecretBox secretBox, Consumer<List<StoredEventType>> eventTypeListener) {
    this.eventTypeListener = eventTypeListener;
    this.mapper = new EndpointMapper(secretBox);
  }

  /// The complete companies that changed after a version, with deleted endpoints, by ascending id.
  /// The result may contain changes that commit during the call; the next call returns them again.
  /// Endpoints whose secrets can't be decrypted have [SigningSecrets#UNREADABLE].
  ///
  /// Event types that changed are given to their listener.
  ///
  /// @param sinceVersion the configuration version that the caller has; -1 for none
  public List<CompanyConfig> readChangedSince(Connection connection, long sinceVersion) {
    Handle handle = Jdbi.open(connection);
    List<ChangedCompany> companies =
        handle
            .createQuery(CHANGED_COMPANIES)
            .bind("version", sinceVersion)
            .map((row, _) -> new ChangedCompany(Companies.fromRow(row), row.getBoolean("deleted")))
            .list();
    List<StoredEventType> eventTypes = EventTypeStore.readChangedSince(handle, sinceVersion);
    if (eventTypes != null) {
      eventTypeListener.accept(eventTypes);
    }
    if (companies.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Endpoint>> endpoints = new HashMap<>();
    handle
        .createQuery(ENDPOINTS_OF_CHANGED_COMPANIES)
        .bind("version", sinceVersion)
        .map((row, _) -> readEndpoint(row))
        .forEach(e -> endpoints.computeIfAbsent(e.companyId(), _ -> new ArrayList<>()).add(e));
    Map<Long, List<Erasure>> erasures = readErasures(handle);
    return companies.stream()
        .map(changed -> {
          Company company = changed.company();
          return new CompanyConfig(
              company,
              endpoints.getOrDefault(company.id(), List.of()),
              erasures.getOrDefault(company.id(), List.of()),
              changed.isDeleted());
        })
        .toList();
  }

  private record ChangedCompany(Company company, boolean isDeleted) {}

  private static Map<Long, List<Erasure>> readErasures(Handle handle) {
    Map<Long, List<Erasure>> erasures = new HashMap<>();
    handle
        .createQuery(RUNNING_ERASURES)
        .map((row, _) ->
            Map.entry(
                row.getLong("company_id"),
                new Erasure(row.getString("customer_id"), ColumnValues.instant(row, "created_at"))))
        .forEach(
            e -> erasures.computeIfAbsent(e.getKey(), _ -> new ArrayList<>()).add(e.getValue()));
    return erasures;
  }

  private Endpoint readEndpoint(ResultSet row) throws SQLException {
    UUID id = ColumnValues.uuid(row, "id");
    Endpoint endpoint = mapper.read(row, reason -> reportUnreadable(id, reason));
    if (endpoint.signingSecrets().isReadable() && unreadableEndpoints.remove(id)) {
      log.info("The secrets of endpoint {} can be decrypted again.", id);
    }
    return endpoint;
  }

  private void reportUnreadable(UUID id, IllegalStateException reason) {
    if (unreadableEndpoints.add(id)) {
      log.error(
          "The secrets of endpoint {} can't be decrypted. A node that already has them goes on"
              + " signing with them. Other nodes leave the endpoint's deliveries waiting. Other"
              + " endpoints are not affected. Cause: {}",
          id,
          reason.getMessage());
    }
  }

  /// How many of the endpoints read so far have secrets that can't be decrypted.
  public int unreadableEndpoints() {
    return unreadableEndpoints.size();
  }
}
