package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.store.internal.Rows;
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
public final class SubscriptionsReader {

  private static final String CHANGED_COMPANIES =
      """
      select id, name, webhooks_enabled
      from company
      where id in (select id from company where version > :version
                   union
                   select company_id from endpoint where version > :version)
      order by id
      """;

  private static final String THEIR_ENDPOINTS =
      EndpointRows.SELECT
          + """
          where e.company_id in (select id from company where version > :version
                                 union
                                 select company_id from endpoint where version > :version)
          order by e.id
          """;

  private static final String MASTER_KEYS =
      """
      select distinct key_id from endpoint_secret
      """;

  private static final Logger log = LoggerFactory.getLogger(SubscriptionsReader.class);

  private final EndpointRows rows;
  private final SecretBox box;
  private final Set<UUID> unreadable = ConcurrentHashMap.newKeySet();

  public SubscriptionsReader(SecretBox box) {
    this.rows = new EndpointRows(box);
    this.box = box;
  }

  /// The companies, whole, that changed after a version, by ascending id. What commits meanwhile
  /// may be in it already; it will come again with its own version. Endpoints whose secrets can't
  /// be opened have [Secrets#UNREADABLE].
  ///
  /// @param version the configuration version that the caller holds; -1 for none
  public List<Subscriptions> changedSince(Connection connection, long version) {
    Handle handle = Jdbi.open(connection);
    List<Company> companies =
        handle
            .createQuery(CHANGED_COMPANIES)
            .bind("version", version)
            .map((row, _) -> Companies.company(row))
            .list();
    if (companies.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Endpoint>> endpoints = new HashMap<>();
    handle
        .createQuery(THEIR_ENDPOINTS)
        .bind("version", version)
        .map((row, _) -> endpoint(row))
        .forEach(e -> endpoints.computeIfAbsent(e.companyId(), _ -> new ArrayList<>()).add(e));
    return companies.stream()
        .map(c -> new Subscriptions(c, endpoints.getOrDefault(c.id(), List.of())))
        .toList();
  }

  /// One endpoint whose secrets can't be opened must not keep a node from learning all others.
  private Endpoint endpoint(ResultSet row) throws SQLException {
    UUID id = Rows.uuid(row, "id");
    try {
      Endpoint endpoint = rows.read(row);
      if (unreadable.remove(id)) {
        log.info("The secrets of endpoint {} can be read again.", id);
      }
      return endpoint;
    } catch (IllegalStateException sealed) {
      if (unreadable.add(id)) {
        log.error(
            "The secrets of endpoint {} can't be read. If this node knew them before, it goes on"
                + " with those; else the endpoint's deliveries wait until a node can sign them."
                + " Other endpoints are not affected. {}",
            id,
            sealed.getMessage());
      }
      return EndpointRows.read(row, Secrets.UNREADABLE);
    }
  }

  /// How many endpoints have secrets that can't be opened, as far as was read.
  public int unreadable() {
    return unreadable.size();
  }

  /// Makes sure that every stored secret can be opened, before anything depends on it.
  ///
  /// @throws StartupException naming the master keys that are missing
  public void requireMasterKeys(Connection connection) {
    List<String> missing =
        Jdbi.open(connection).createQuery(MASTER_KEYS).mapTo(String.class).list().stream()
            .filter(id -> !box.knows(id))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw new StartupException(
          "The database holds secrets that were encrypted with master keys %s, which are not configured. Set WEBHOOKS_MASTER_KEY to the key that was used, or add it to WEBHOOKS_PREVIOUS_MASTER_KEYS."
              .formatted(String.join(", ", missing)));
    }
  }
}
