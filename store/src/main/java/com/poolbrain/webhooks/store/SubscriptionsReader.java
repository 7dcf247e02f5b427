package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

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

  private final EndpointRows rows;
  private final SecretBox box;

  public SubscriptionsReader(SecretBox box) {
    this.rows = new EndpointRows(box);
    this.box = box;
  }

  /// The companies, whole, that changed after a version, by ascending id. What commits meanwhile
  /// may be in it already; it will come again with its own version.
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
        .map((row, _) -> rows.read(row))
        .forEach(e -> endpoints.computeIfAbsent(e.companyId(), _ -> new ArrayList<>()).add(e));
    return companies.stream()
        .map(c -> new Subscriptions(c, endpoints.getOrDefault(c.id(), List.of())))
        .toList();
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
