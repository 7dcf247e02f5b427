package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.store.Changes.Change;
import com.poolbrain.webhooks.store.internal.Rows;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The endpoints of companies, with their secrets. A deleted one isn't there any more for anybody
/// who asks here. One whose secrets can't be opened has [Secrets#UNREADABLE] until it gets others;
/// any other change of it leaves them as they are stored.
public final class Endpoints {

  private static final String GET =
      EndpointRows.SELECT
          + """
          where e.company_id = :company and e.id = :id and e.deleted_at is null
          """;

  private static final String LIST =
      EndpointRows.SELECT
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
      insert into endpoint (id, company_id, url, names, description, paused, created_at, timeout_ms,
                            max_concurrency, rate_per_second, standard_webhooks, version)
      values (:id, :company, :url, :names, :description, :paused, :at, :timeoutMillis,
              :maxConcurrency, :ratePerSecond, :standardWebhooks, :version)
      """;

  private static final String EDIT =
      """
      update endpoint
      set url = :url, names = :names, description = :description, paused = :paused,
          timeout_ms = :timeoutMillis, max_concurrency = :maxConcurrency,
          rate_per_second = :ratePerSecond, standard_webhooks = :standardWebhooks,
          version = :version
      where id = :id and company_id = :company
      """;

  private static final String DELETE =
      """
      update endpoint set deleted_at = :at, version = :version
      where id = :id and company_id = :company and deleted_at is null
      """;

  private static final String REMEMBER =
      """
      insert into endpoint_history (endpoint_id, company_id, version, valid_from, actor, url, names,
                                    description, paused, deleted_at, timeout_ms, max_concurrency,
                                    rate_per_second, standard_webhooks)
      select id, company_id, version, :at, :actor, url, names, description, paused, deleted_at,
             timeout_ms, max_concurrency, rate_per_second, standard_webhooks
      from endpoint
      where id = :id
      """;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Changes changes;
  private final EndpointRows rows;
  private final Supplier<UUID> ids;

  /// @param ids makes UUIDs of version 7
  public Endpoints(Changes changes, SecretBox box, Supplier<UUID> ids) {
    this.changes = changes;
    this.rows = new EndpointRows(box);
    this.ids = ids;
  }

  /// What came of creating an endpoint.
  public sealed interface Creation {

    /// It is there.
    record Created(Endpoint endpoint) implements Creation {}

    /// The company has [Limits#ENDPOINTS] already.
    record Full() implements Creation {}

    /// There is no such company.
    record NoCompany() implements Creation {}
  }

  /// Creates an endpoint.
  public Creation create(NewEndpoint wanted, String actor) {
    // Asked twice: first without the lock that a change takes, so that refusals cost nobody.
    Creation refusal = changes.read(handle -> refusal(handle, wanted.companyId()));
    return refusal != null ? refusal : changes.make(actor, change -> create(change, wanted));
  }

  private Creation create(Change change, NewEndpoint wanted) {
    Creation refusal = refusal(change.handle(), wanted.companyId());
    if (refusal != null) {
      return refusal;
    }
    Endpoint endpoint =
        new Endpoint(
            ids.get(),
            wanted.companyId(),
            wanted.url(),
            wanted.names(),
            wanted.description(),
            false,
            false,
            change.at(),
            Secrets.of(wanted.secret()),
            wanted.tuning());
    write(change, CREATE, endpoint);
    rows.writeSecrets(change.handle(), endpoint);
    Map<String, String> detail =
        Map.of("url", wanted.url().toString(), "events", String.join(" ", wanted.names()));
    remember(change, endpoint, "endpoint.created", detail);
    return new Creation.Created(endpoint);
  }

  private static @Nullable Creation refusal(Handle handle, long company) {
    Optional<Integer> live =
        handle.createQuery(COUNT).bind("company", company).mapTo(Integer.class).findOne();
    if (live.isEmpty()) {
      return new Creation.NoCompany();
    }
    return live.get() >= Limits.ENDPOINTS ? new Creation.Full() : null;
  }

  /// The endpoint; null if the company has no such one.
  public @Nullable Endpoint get(long company, UUID id) {
    return changes.read(handle -> get(handle, company, id));
  }

  /// Endpoints of a company by ascending id, which is the order of their creation.
  ///
  /// @param after the id that the page before ended with, if any
  public Page<Endpoint> list(long company, @Nullable UUID after, int limit) {
    return changes.read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("company", company)
                .bind("after", after == null ? BEFORE_ALL : after)
                .bind("limit", limit + 1)
                .map((row, _) -> rows.readAnyhow(row))
                .list(),
            limit));
  }

  /// Changes an endpoint; null if the company has no such one.
  ///
  /// @param edit what it becomes; its exceptions pass through and leave all as it was
  public @Nullable Endpoint edit(
      long company, UUID id, UnaryOperator<Endpoint> edit, String actor) {
    Endpoint known = get(company, id);
    if (known == null || edit.apply(known).equals(known)) {
      return known;
    }
    return changes.make(
        actor,
        change -> {
          Endpoint before = get(change.handle(), company, id);
          return before == null ? null : write(change, before, edit.apply(before));
        });
  }

  private Endpoint write(Change change, Endpoint before, Endpoint after) {
    write(change, EDIT, after);
    if (!after.secrets().equals(before.secrets())) {
      rows.writeSecrets(change.handle(), after);
    }
    remember(change, after, "endpoint.changed", EndpointDifference.between(before, after));
    return after;
  }

  /// Deletes an endpoint; false if the company has no such one.
  public boolean delete(long company, UUID id, String actor) {
    Endpoint known = get(company, id);
    if (known == null) {
      return false;
    }
    return changes.make(
        actor,
        change -> {
          int deleted =
              change
                  .handle()
                  .createUpdate(DELETE)
                  .bind("id", id)
                  .bind("company", company)
                  .bind("at", change.at())
                  .bind("version", change.version())
                  .execute();
          if (deleted == 1) {
            Map<String, String> detail = Map.of("url", known.url().toString());
            remember(change, known, "endpoint.deleted", detail);
          }
          return deleted == 1;
        });
  }

  /// The secrets of an endpoint, for somebody to see, which goes on record unless they can't be
  /// read; null if the company has no such endpoint.
  public @Nullable Secrets reveal(long company, UUID id, String actor) {
    return changes.write(handle -> {
      Endpoint endpoint = get(handle, company, id);
      if (endpoint == null) {
        return null;
      }
      if (!endpoint.secrets().readable()) {
        return endpoint.secrets();
      }
      Audit.Entry entry = new Audit.Entry("endpoint.secret_revealed", company, id, Map.of());
      changes.audit(handle, actor, entry);
      return endpoint.secrets();
    });
  }

  private @Nullable Endpoint get(Handle handle, long company, UUID id) {
    return handle
        .createQuery(GET)
        .bind("company", company)
        .bind("id", id)
        .map((row, _) -> rows.readAnyhow(row))
        .findOne()
        .orElse(null);
  }

  private static void write(Change change, String statement, Endpoint endpoint) {
    Endpoint.Tuning tuning = endpoint.tuning();
    change
        .handle()
        .createUpdate(statement)
        .bind("id", endpoint.id())
        .bind("company", endpoint.companyId())
        .bind("url", endpoint.url().toString())
        .bind("names", Rows.texts(endpoint.names()))
        .bind("description", endpoint.description())
        .bind("paused", endpoint.paused())
        .bind("at", change.at())
        .bind("timeoutMillis", tuning.timeout() == null ? null : tuning.timeout().toMillis())
        .bind("maxConcurrency", tuning.maxConcurrency())
        .bind("ratePerSecond", tuning.ratePerSecond())
        .bind("standardWebhooks", tuning.standardWebhooks())
        .bind("version", change.version())
        .execute();
  }

  private void remember(
      Change change, Endpoint endpoint, String action, Map<String, String> detail) {
    change
        .handle()
        .createUpdate(REMEMBER)
        .bind("id", endpoint.id())
        .bind("at", change.at())
        .bind("actor", change.actor())
        .execute();
    changes.audit(change, new Audit.Entry(action, endpoint.companyId(), endpoint.id(), detail));
  }
}
