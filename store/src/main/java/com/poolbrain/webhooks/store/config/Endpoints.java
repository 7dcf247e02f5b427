package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.ConfigTransactions.Change;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The endpoints of companies with their secrets. Deleted endpoints are not returned.
///
/// An endpoint whose secrets can't be decrypted has [SigningSecrets#UNREADABLE] until it gets new
/// ones. Any other change keeps the stored secrets.
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
      where c.id = :company and c.deleted_at is null
      group by c.id
      """;

  private static final String INSERT =
      """
      insert into endpoint (id, company_id, url, subscribed_events, description, paused, created_at,
                            timeout_ms, max_concurrency, rate_per_second, standard_webhooks,
                            trace_context, alert_emails, version)
      values (:id, :company, :url, :subscribedEvents, :description, :paused, :at, :timeoutMillis,
              :maxConcurrency, :ratePerSecond, :standardWebhooks, :traceContext, :alertEmails,
              :version)
      """;

  private static final String UPDATE =
      """
      update endpoint
      set url = :url, subscribed_events = :subscribedEvents, description = :description,
          paused = :paused, timeout_ms = :timeoutMillis, max_concurrency = :maxConcurrency,
          rate_per_second = :ratePerSecond, standard_webhooks = :standardWebhooks,
          trace_context = :traceContext, alert_emails = :alertEmails, version = :version
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
                                    max_concurrency, rate_per_second, standard_webhooks,
                                    trace_context, alert_emails)
      select id, company_id, version, :at, :actor, url, subscribed_events, description, paused,
             deleted_at, timeout_ms, max_concurrency, rate_per_second, standard_webhooks,
             trace_context, alert_emails
      from endpoint
      where id = :id
      """;

  private static final UUID MIN_ID = new UUID(0, 0);

  private final ConfigTransactions configTransactions;
  private final EndpointMapper mapper;
  private final Supplier<UUID> idGenerator;

  /// @param idGenerator generates UUIDs of version 7
  public Endpoints(
      ConfigTransactions configTransactions, SecretBox secretBox, Supplier<UUID> idGenerator) {
    this.configTransactions = configTransactions;
    this.mapper = new EndpointMapper(secretBox);
    this.idGenerator = idGenerator;
  }

  /// The result of [#create].
  public sealed interface CreateResult {

    /// The endpoint was created.
    record Created(Endpoint endpoint) implements CreateResult {}

    /// The company already has [Limits#MAX_ENDPOINTS_PER_COMPANY] endpoints.
    record LimitReached() implements CreateResult {}

    /// The company does not exist.
    record UnknownCompany() implements CreateResult {}
  }

  /// Creates an endpoint.
  public CreateResult create(NewEndpoint newEndpoint, Actor actor) {
    // Checked twice: first without the lock that a change takes, so that refusals block nothing.
    CreateResult rejection =
        configTransactions.read(handle -> findRejection(handle, newEndpoint.companyId()));
    return rejection != null
        ? rejection
        : configTransactions.change(actor, change -> insert(change, newEndpoint));
  }

  private CreateResult insert(Change change, NewEndpoint newEndpoint) {
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
            .withDeliveryOptions(newEndpoint.deliveryOptions())
            .withAlertEmails(newEndpoint.alertEmails())
            .withVersion(change.version());
    executeWith(change, INSERT, endpoint);
    mapper.replaceSecrets(change.handle(), endpoint);
    appendHistory(change, endpoint, AuditAction.ENDPOINT_CREATED, EndpointDiff.created(endpoint));
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

  /// The endpoint; null if the company does not have it.
  public @Nullable Endpoint get(long companyId, UUID id) {
    return configTransactions.read(handle -> get(handle, companyId, id));
  }

  /// One page of the endpoints of a company by ascending id, which is the order of creation.
  ///
  /// @param after the last id of the previous page; null for the first page
  public Page<Endpoint> list(long companyId, @Nullable UUID after, int limit) {
    return configTransactions.read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("company", companyId)
                .bind("after", after == null ? MIN_ID : after)
                .bind("limit", limit + 1)
                .map((row, _) -> read(row))
                .list(),
            limit));
  }

  /// Updates an endpoint. Returns null if the company does not have it.
  ///
  /// @param editor returns the new version; if it throws, nothing is changed
  public @Nullable Endpoint update(
      long companyId, UUID id, UnaryOperator<Endpoint> editor, Actor actor) {
    return update(companyId, id, editor, AuditAction.ENDPOINT_UPDATED, actor);
  }

  /// Changes the secrets of an endpoint. Returns null if the company does not have it.
  ///
  /// @param editor returns the new secrets; if it throws, nothing is changed
  public @Nullable Endpoint changeSecrets(
      long companyId,
      UUID id,
      Function<Endpoint, SigningSecrets> editor,
      AuditAction action,
      Actor actor) {
    return update(
        companyId, id, endpoint -> endpoint.withSecrets(editor.apply(endpoint)), action, actor);
  }

  private @Nullable Endpoint update(
      long companyId, UUID id, UnaryOperator<Endpoint> editor, AuditAction action, Actor actor) {
    Endpoint existing = get(companyId, id);
    if (existing == null || editor.apply(existing).equals(existing)) {
      return existing;
    }
    return configTransactions.change(
        actor,
        change -> {
          Endpoint before = get(change.handle(), companyId, id);
          return before == null ? null : replace(change, before, editor.apply(before), action);
        });
  }

  private Endpoint replace(Change change, Endpoint before, Endpoint after, AuditAction action) {
    executeWith(change, UPDATE, after);
    if (!after.signingSecrets().equals(before.signingSecrets())) {
      mapper.replaceSecrets(change.handle(), after);
    }
    appendHistory(change, after, action, EndpointDiff.between(before, after));
    return after.withVersion(change.version());
  }

  /// Deletes an endpoint and destroys its secrets. Returns false if the company does not have it.
  public boolean delete(long companyId, UUID id, Actor actor) {
    Endpoint existing = get(companyId, id);
    if (existing == null) {
      return false;
    }
    return configTransactions.change(
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
            EndpointMapper.deleteSecrets(change.handle(), id);
            appendHistory(
                change, existing, AuditAction.ENDPOINT_DELETED, EndpointDiff.deleted(existing));
          }
          return deletedRows == 1;
        });
  }

  /// The secrets of an endpoint, to be shown to a person, which is audited unless they are
  /// unreadable. Returns null if the company does not have the endpoint.
  public @Nullable SigningSecrets revealSecrets(long companyId, UUID id, Actor actor) {
    return configTransactions.write(handle -> {
      Endpoint endpoint = get(handle, companyId, id);
      if (endpoint == null) {
        return null;
      }
      if (!endpoint.signingSecrets().isReadable()) {
        return endpoint.signingSecrets();
      }
      configTransactions.appendAudit(
          handle,
          actor,
          AuditAction.SECRET_REVEALED,
          Subject.endpoint(companyId, id),
          FieldChanges.none());
      return endpoint.signingSecrets();
    });
  }

  private @Nullable Endpoint get(Handle handle, long companyId, UUID id) {
    return handle
        .createQuery(GET)
        .bind("company", companyId)
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne()
        .orElse(null);
  }

  private Endpoint read(ResultSet row) throws SQLException {
    return mapper.read(row, _ -> {}); // ConfigReader logs the reason
  }

  private static void executeWith(Change change, String statement, Endpoint endpoint) {
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
        .bind("traceContext", deliveryOptions.traceContext())
        .bind("alertEmails", ColumnValues.textArray(endpoint.alertEmails()))
        .bind("version", change.version())
        .execute();
  }

  private void appendHistory(
      Change change, Endpoint endpoint, AuditAction action, FieldChanges changes) {
    change
        .handle()
        .createUpdate(APPEND_HISTORY)
        .bind("id", endpoint.id())
        .bind("at", change.at())
        .bind("actor", change.actor().name())
        .execute();
    configTransactions.appendAudit(
        change, action, Subject.endpoint(endpoint.companyId(), endpoint.id()), changes);
  }
}
