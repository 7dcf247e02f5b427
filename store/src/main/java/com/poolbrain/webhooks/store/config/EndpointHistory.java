package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.history.CompanyVersion;
import com.poolbrain.webhooks.domain.history.EndpointUrls;
import com.poolbrain.webhooks.domain.history.EndpointVersion;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The versions that endpoints had, deleted ones included.
public final class EndpointHistory {

  private static final String VERSIONS_FROM =
      """
      select h.*, e.created_at
      from endpoint_history h
      join endpoint e on e.id = h.endpoint_id
      where h.company_id = :company and h.endpoint_id = :id and h.version >= :version
      order by h.version
      """;

  private static final String PERIODS_OF_URL =
      """
      select h.company_id, h.url, h.valid_from,
             (select n.valid_from from endpoint_history n
              where n.endpoint_id = h.endpoint_id and n.version > h.version
              order by n.version limit 1) as valid_to
      from endpoint_history h
      where lower(rtrim(h.url, '/')) = lower(rtrim(:url, '/')) and h.deleted_at is null
        and h.valid_from <= :latest and (:company::bigint is null or h.company_id = :company)
      order by h.version desc
      limit :limit
      """;

  private static final String ENDPOINTS_AROUND =
      """
      select h.*, e.created_at
      from (
        select id, created_at from endpoint
        where company_id = :company and (deleted_at is null or deleted_at >= :deletedSince)
        order by id desc limit :endpoints) as e
      cross join lateral (
        (select * from endpoint_history
         where endpoint_id = e.id and version <= :version order by version desc limit :before)
        union all
        (select * from endpoint_history
         where endpoint_id = e.id and version > :version order by version limit :after)) as h
      order by e.id, h.version
      """;

  private static final String COMPANY_AROUND =
      """
      select h.version, h.webhooks_enabled, h.valid_from, h.actor,
             h.valid_from = c.created_at as is_creation
      from company c
      cross join lateral (
        (select * from company_history
         where company_id = c.id and version <= :version order by version desc limit :before)
        union all
        (select * from company_history
         where company_id = c.id and version > :version order by version limit :after)) as h
      where c.id = :company
      order by h.version
      """;

  private static final int MAX_PERIODS = 10_000;

  /// Endpoints, and versions of each: enough for any company that is used by hand.
  private static final int MAX_ENDPOINTS = 500;

  private static final int VERSIONS_BEFORE = 100;
  private static final int VERSIONS_AFTER = 400;

  private final ConfigTransactions configTransactions;

  public EndpointHistory(ConfigTransactions configTransactions) {
    this.configTransactions = configTransactions;
  }

  /// The fields that were changed after a version, by the names of the API: `secret` stands for the
  /// secrets. Null if the endpoint never had that version.
  public @Nullable Set<String> changedSince(long companyId, UUID id, long version) {
    List<EndpointVersion> versions =
        configTransactions.read(handle ->
            handle
                .createQuery(VERSIONS_FROM)
                .bind("company", companyId)
                .bind("id", id)
                .bind("version", version)
                .map((row, _) -> fromRow(row))
                .list());
    if (versions.isEmpty() || versions.getFirst().endpoint().version() != version) {
      return null;
    }
    Set<String> changed = new LinkedHashSet<>();
    for (int i = 1; i < versions.size(); i++) {
      Set<String> fields =
          EndpointDiff.between(versions.get(i - 1).endpoint(), versions.get(i).endpoint())
              .after()
              .keySet();
      changed.addAll(fields.isEmpty() ? Set.of("secret") : fields); // not kept in the history
    }
    return changed;
  }

  /// A time in which an endpoint of a company had a URL.
  ///
  /// @param to null if it has the URL still
  public record UrlPeriod(long companyId, Instant from, @Nullable Instant to) {

    /// Whether the endpoint had the URL at a time between these.
    public boolean intersects(Instant first, Instant last) {
      return !from.isAfter(last) && (to == null || to.isAfter(first));
    }
  }

  /// The times in which endpoints had a URL, up to a latest one. The case of the host and slashes
  /// at the end don't matter.
  ///
  /// @param companyId null for all companies
  public List<UrlPeriod> periodsOf(String url, @Nullable Long companyId, Instant latest) {
    String canonical = EndpointUrls.canonical(url);
    return configTransactions.read(handle ->
        handle
            .createQuery(PERIODS_OF_URL)
            .bind("url", url)
            .bind("company", companyId)
            .bind("latest", latest)
            .bind("limit", MAX_PERIODS)
            .map((row, _) ->
                EndpointUrls.canonical(row.getString("url")).equals(canonical)
                    ? new UrlPeriod(
                        row.getLong("company_id"),
                        ColumnValues.instant(row, "valid_from"),
                        ColumnValues.instantOrNull(row, "valid_to"))
                    : null)
            .stream()
            .filter(Objects::nonNull)
            .toList());
  }

  /// The history of a company around a version of the configuration.
  ///
  /// @param endpoints by id, in the order of creation; those that were deleted long ago are missing
  /// @param completeUpTo the last version up to which nothing is missing
  public record CompanyHistory(
      List<CompanyVersion> company,
      SortedMap<UUID, List<EndpointVersion>> endpoints,
      long completeUpTo) {}

  /// The versions that a company and its endpoints had at and around a version of the
  /// configuration.
  ///
  /// @param deletedSince endpoints that were deleted before are left out
  public CompanyHistory around(long companyId, long version, Instant deletedSince) {
    return configTransactions.read(handle -> {
      List<CompanyVersion> company =
          bindAround(handle.createQuery(COMPANY_AROUND), companyId, version)
              .map((row, _) ->
                  new CompanyVersion(
                      row.getLong("version"),
                      row.getBoolean("webhooks_enabled"),
                      row.getBoolean("is_creation"),
                      ColumnValues.instant(row, "valid_from"),
                      row.getString("actor")))
              .list();
      SortedMap<UUID, List<EndpointVersion>> endpoints = new TreeMap<>(UuidV7.ORDER);
      bindAround(handle.createQuery(ENDPOINTS_AROUND), companyId, version)
          .bind("deletedSince", deletedSince)
          .bind("endpoints", MAX_ENDPOINTS)
          .map((row, _) -> fromRow(row))
          .forEach(
              v -> endpoints.computeIfAbsent(v.endpoint().id(), _ -> new ArrayList<>()).add(v));
      long completeUpTo = completeUpTo(company, CompanyVersion::version, version);
      for (List<EndpointVersion> versions : endpoints.values()) {
        completeUpTo =
            Math.min(completeUpTo, completeUpTo(versions, v -> v.endpoint().version(), version));
      }
      return new CompanyHistory(company, endpoints, completeUpTo);
    });
  }

  private static Query bindAround(Query query, long companyId, long version) {
    return query
        .bind("company", companyId)
        .bind("version", version)
        .bind("before", VERSIONS_BEFORE)
        .bind("after", VERSIONS_AFTER);
  }

  private static <V> long completeUpTo(List<V> versions, ToLongFunction<V> toVersion, long around) {
    long later = versions.stream().filter(v -> toVersion.applyAsLong(v) > around).count();
    return later < VERSIONS_AFTER ? Long.MAX_VALUE : toVersion.applyAsLong(versions.getLast());
  }

  private static EndpointVersion fromRow(ResultSet row) throws SQLException {
    Instant validFrom = ColumnValues.instant(row, "valid_from");
    Endpoint endpoint =
        new Endpoint(
            ColumnValues.uuid(row, "endpoint_id"),
            row.getLong("company_id"),
            URI.create(row.getString("url")),
            ColumnValues.textArray(row, "subscribed_events"),
            row.getString("description"),
            row.getBoolean("paused"),
            ColumnValues.instantOrNull(row, "deleted_at") != null,
            ColumnValues.instant(row, "created_at"),
            SigningSecrets.UNREADABLE,
            EndpointMapper.readDeliveryOptions(row),
            ColumnValues.textArray(row, "alert_emails"),
            row.getLong("version"));
    return new EndpointVersion(endpoint, validFrom, row.getString("actor"));
  }
}
