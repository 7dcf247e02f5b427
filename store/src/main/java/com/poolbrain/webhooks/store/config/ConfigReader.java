package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.store.StartupException;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the nodes learn what was configured since they last asked.
public final class ConfigReader {

  private static final String CHANGED_COMPANIES =
      """
      select id, name, webhooks_enabled
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

  private static final String USED_MASTER_KEYS =
      """
      select distinct key_id from endpoint_secret
      """;

  private static final Logger log = LoggerFactory.getLogger(ConfigReader.class);

  private final EndpointMapper mapper;
  private final SecretBox secretBox;
  private final Set<UUID> unreadableEndpoints = ConcurrentHashMap.newKeySet();

  public ConfigReader(SecretBox secretBox) {
    this.mapper = new EndpointMapper(secretBox);
    this.secretBox = secretBox;
  }

  /// The companies, whole, that changed after a version, by ascending id. What commits meanwhile
  /// may be in it already; it will come again with its own version. Endpoints whose secrets can't
  /// be opened have [SigningSecrets#UNREADABLE].
  ///
  /// @param sinceVersion the configuration version that the caller holds; -1 for none
  public List<CompanyConfig> readChangedSince(Connection connection, long sinceVersion) {
    Handle handle = Jdbi.open(connection);
    List<Company> companies =
        handle
            .createQuery(CHANGED_COMPANIES)
            .bind("version", sinceVersion)
            .map((row, _) -> Companies.fromRow(row))
            .list();
    if (companies.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Endpoint>> endpoints = new HashMap<>();
    handle
        .createQuery(ENDPOINTS_OF_CHANGED_COMPANIES)
        .bind("version", sinceVersion)
        .map((row, _) -> readEndpoint(row))
        .forEach(e -> endpoints.computeIfAbsent(e.companyId(), _ -> new ArrayList<>()).add(e));
    return companies.stream()
        .map(c -> new CompanyConfig(c, endpoints.getOrDefault(c.id(), List.of())))
        .toList();
  }

  /// One endpoint whose secrets can't be opened must not keep a node from learning all others.
  private Endpoint readEndpoint(ResultSet row) throws SQLException {
    UUID id = ColumnValues.uuid(row, "id");
    try {
      Endpoint endpoint = mapper.read(row);
      if (unreadableEndpoints.remove(id)) {
        log.info("The secrets of endpoint {} can be read again.", id);
      }
      return endpoint;
    } catch (IllegalStateException e) {
      if (unreadableEndpoints.add(id)) {
        log.error(
            "The secrets of endpoint {} can't be read. If this node knew them before, it goes on"
                + " with those; else the endpoint's deliveries wait until a node can sign them."
                + " Other endpoints are not affected. {}",
            id,
            e.getMessage());
      }
      return EndpointMapper.read(row, SigningSecrets.UNREADABLE);
    }
  }

  /// How many endpoints have secrets that can't be opened, as far as was read.
  public int unreadableEndpoints() {
    return unreadableEndpoints.size();
  }

  /// Makes sure that every stored secret can be opened, before anything depends on it.
  ///
  /// @throws StartupException naming the master keys that are missing
  public void requireMasterKeys(Connection connection) {
    List<String> missing =
        Jdbi.open(connection).createQuery(USED_MASTER_KEYS).mapTo(String.class).list().stream()
            .filter(id -> !secretBox.hasKey(id))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw new StartupException(
          "The database holds secrets that were encrypted with master keys %s, which are not configured. Set WEBHOOKS_MASTER_KEY to the key that was used, or add it to WEBHOOKS_PREVIOUS_MASTER_KEYS."
              .formatted(String.join(", ", missing)));
    }
  }
}
