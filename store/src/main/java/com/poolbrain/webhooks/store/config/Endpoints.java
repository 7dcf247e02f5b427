package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.ConfigTransactions.Change;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The endpoints of companies, with their secrets. A deleted one isn't there any more for anybody
/// who asks here. One whose secrets can't be opened has [SigningSecrets#UNREADABLE] until it gets
/// others; any other change of it leaves them as they are stored.
public final class Endpoints {

  private static final String GET =
      EndpointMapper.SELECT
          + """
          where e.company_id = :company and e.id = :id and e.deleted_at is null
          """;

  private static final String LIST =
      EndpointMapper.SELECT
          + """
          where e.company_id = :company and e.deleted_at is null and e.id > :after
          order by e.id
          limit :limit
          """;

  private static final String COUNT =
      """
      select count(e.id)
      from company c
      left join endpoint e on e.company_id = c.id and e.deleted_at is null
      where c.id = :company
      group by c.id
      """;

  private static final String CREATE =
      """
      insert into endpoint (id, company_id, url, subscribed_events, description, paused, created_at,
                            timeout_ms, max_concurrency, rate_per_second, standard_webhooks,
                            version)
      values (:id, :company, :url, :subscribedEvents, :description, :paused, :at, :timeoutMillis,
              :maxConcurrency, :ratePerSecond, :standardWebhooks, :version)
      """;

  private static final String UPDATE =
      """
      update endpoint
      set url = :url, subscribed_events = :subscribedEvents, description = :description,
          paused = :paused, timeout_ms = :timeoutMillis, max_concurrency = :maxConcurrency,
          rate_per_second = :ratePerSecond, standard_webhooks = :standardWebhooks,
          version = :version
      where id = :id and company_id = :company
      """;

  private static final String DELETE =
      """
      update endpoint set deleted_at = :at, version = :version
      where id = :id and company_id = :company and deleted_at is null
      """;

  private static final String APPEND_HISTORY =
      """
      insert into endpoint_history (endpoint_id, company_id, version, valid_from, actor, url,
                                    subscribed_events, description, paused, deleted_at, timeout_ms,
                                    max_concurrency, rate_per_second, standard_webhooks)
      select id, company_id, version, :at, :actor, url, subscribed_events, description, paused,
             deleted_at, timeout_ms, max_concurrency, rate_per_second, standard_webhooks
      from endpoint
      where id = :id
      """;

  private static final UUID MIN_ID = new UUID(0, 0);

  private final ConfigTransactions configTransactions;
  private final EndpointMapper mapper;
  private final Supplier<UUID> idGenerator;

  /// @param idGenerator makes UUIDs of version 7
  public Endpoints(
      ConfigTransactions configTransactions, SecretBox secretBox, Supplier<UUID> idGenerator) {
    this.configTransactions = configTransactions;
    this.mapper = new EndpointMapper(secretBox);
    this.idGenerator = idGenerator;
  }

  /// What came of creating an endpoint.
  public sealed interface CreateResult {

    /// It is there.
    record Created(Endpoint endpoint) implements CreateResult {}

    /// The company has [Limits#MAX_ENDPOINTS_PER_COMPANY] already.
    record LimitReached() implements CreateResult {}

    /// There is no such company.
    record UnknownCompany() implements CreateResult {}
  }

  /// Creates an endpoint.
  public CreateResult create(NewEndpoint newEndpoint, String actor) {
    // Asked twice: first without the lock that a change takes, so that refusals cost nobody.
    CreateResult rejection =
        configTransactions.read(handle -> findRejection(handle, newEndpoint.companyId()));
    return rejection != null
        ? rejection
        : configTransactions.changeConfig(actor, change -> create(change, newEndpoint));
  }

  private CreateResult create(Change change, NewEndpoint newEndpoint) {
    CreateResult rejection = findRejection(change.handle(), newEndpoint.companyId());
    if (rejection != null) {
      return rejection;
    }
    Endpoint endpoint =
        Endpoint.create(
                idGenerator.get(),
                newEndpoint.companyId(),
                newEndpoint.url(),
                newEndpoint.subscribedEvents(),
                newEndpoint.secret(),
                change.at())
            .withDescription(newEndpoint.description())
            .withDeliveryOptions(newEndpoint.deliveryOptions());
    write(change, CREATE, endpoint);
    mapper.replaceSecrets(change.handle(), endpoint);
    Map<String, String> detail =
        Map.of(
            "url",
            newEndpoint.url().toString(),
            "events",
            String.join(" ", newEndpoint.subscribedEvents()));
    appendHistory(change, endpoint, "endpoint.created", detail);
    return new CreateResult.Created(endpoint);
  }

  private static @Nullable CreateResult findRejection(Handle handle, long companyId) {
    Optional<Integer> endpointCount =
        handle.createQuery(COUNT).bind("company", companyId).mapTo(Integer.class).findOne();
    if (endpointCount.isEmpty()) {
      return new CreateResult.UnknownCompany();
    }
    return endpointCount.get() >= Limits.MAX_ENDPOINTS_PER_COMPANY
        ? new CreateResult.LimitReached()
        : null;
  }

  /// The endpoint; null if the company has no such one.
  public @Nullable Endpoint get(long companyId, UUID id) {
    return configTransactions.read(handle -> get(handle, companyId, id));
  }

  /// Endpoints of a company by ascending id, which is the order of their creation.
  ///
  /// @param after the id that the page before ended with, if any
  public Page<Endpoint> list(long companyId, @Nullable UUID after, int limit) {
    return configTransactions.read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("company", companyId)
                .bind("after", after == null ? MIN_ID : after)
                .bind("limit", limit + 1)
                .map((row, _) -> mapper.readToleratingSecrets(row))
                .list(),
            limit));
  }

  /// Changes an endpoint; null if the company has no such one.
  ///
  /// @param editor what it becomes; its exceptions pass through and leave all as it was
  public @Nullable Endpoint update(
      long companyId, UUID id, UnaryOperator<Endpoint> editor, String actor) {
    Endpoint existing = get(companyId, id);
    if (existing == null || editor.apply(existing).equals(existing)) {
      return existing;
    }
    return configTransactions.changeConfig(
        actor,
        change -> {
          Endpoint before = get(change.handle(), companyId, id);
          return before == null ? null : write(change, before, editor.apply(before));
        });
  }

  private Endpoint write(Change change, Endpoint before, Endpoint after) {
    write(change, UPDATE, after);
    if (!after.signingSecrets().equals(before.signingSecrets())) {
      mapper.replaceSecrets(change.handle(), after);
    }
    appendHistory(change, after, "endpoint.changed", EndpointDiff.between(before, after));
    return after;
  }

  /// Deletes an endpoint; false if the company has no such one.
  public boolean delete(long companyId, UUID id, String actor) {
    Endpoint existing = get(companyId, id);
    if (existing == null) {
      return false;
    }
    return configTransactions.changeConfig(
        actor,
        change -> {
          int deletedRows =
              change
                  .handle()
                  .createUpdate(DELETE)
                  .bind("id", id)
                  .bind("company", companyId)
                  .bind("at", change.at())
                  .bind("version", change.version())
                  .execute();
          if (deletedRows == 1) {
            Map<String, String> detail = Map.of("url", existing.url().toString());
            appendHistory(change, existing, "endpoint.deleted", detail);
          }
          return deletedRows == 1;
        });
  }

  /// The secrets of an endpoint, for somebody to see, which goes on record unless they can't be
  /// read; null if the company has no such endpoint.
  public @Nullable SigningSecrets revealSecrets(long companyId, UUID id, String actor) {
    return configTransactions.write(handle -> {
      Endpoint endpoint = get(handle, companyId, id);
      if (endpoint == null) {
        return null;
      }
      if (!endpoint.signingSecrets().isReadable()) {
        return endpoint.signingSecrets();
      }
      Audit.Entry entry = new Audit.Entry("endpoint.secret_revealed", companyId, id, Map.of());
      configTransactions.audit(handle, actor, entry);
      return endpoint.signingSecrets();
    });
  }

  private @Nullable Endpoint get(Handle handle, long companyId, UUID id) {
    return handle
        .createQuery(GET)
        .bind("company", companyId)
        .bind("id", id)
        .map((row, _) -> mapper.readToleratingSecrets(row))
        .findOne()
        .orElse(null);
  }

  private static void write(Change change, String statement, Endpoint endpoint) {
    Endpoint.DeliveryOptions deliveryOptions = endpoint.deliveryOptions();
    change
        .handle()
        .createUpdate(statement)
        .bind("id", endpoint.id())
        .bind("company", endpoint.companyId())
        .bind("url", endpoint.url().toString())
        .bind("subscribedEvents", ColumnValues.textArray(endpoint.subscribedEvents()))
        .bind("description", endpoint.description())
        .bind("paused", endpoint.paused())
        .bind("at", change.at())
        .bind(
            "timeoutMillis",
            deliveryOptions.timeout() == null ? null : deliveryOptions.timeout().toMillis())
        .bind("maxConcurrency", deliveryOptions.maxConcurrency())
        .bind("ratePerSecond", deliveryOptions.ratePerSecond())
        .bind("standardWebhooks", deliveryOptions.standardWebhooks())
        .bind("version", change.version())
        .execute();
  }

  private void appendHistory(
      Change change, Endpoint endpoint, String action, Map<String, String> detail) {
    change
        .handle()
        .createUpdate(APPEND_HISTORY)
        .bind("id", endpoint.id())
        .bind("at", change.at())
        .bind("actor", change.actor())
        .execute();
    configTransactions.audit(
        change, new Audit.Entry(action, endpoint.companyId(), endpoint.id(), detail));
  }
}
