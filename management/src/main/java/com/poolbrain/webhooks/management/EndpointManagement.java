package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.ManagementException.StaleVersion;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.EndpointHistory;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.Created;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.LimitReached;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.UnknownCompany;
import com.poolbrain.webhooks.store.config.NewEndpoint;
import com.poolbrain.webhooks.store.statistics.EndpointStatus;
import com.poolbrain.webhooks.store.statistics.EndpointStatuses;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Endpoints of companies.
public final class EndpointManagement {

  private final CompanyManagement companies;
  private final Endpoints endpoints;
  private final EndpointHistory history;
  private final EndpointStatuses statuses;
  private final EndpointValidator validator;
  private final Supplier<Secret> secretGenerator;
  private final AuditedChanges changes;

  public EndpointManagement(
      CompanyManagement companies,
      Endpoints endpoints,
      EndpointHistory history,
      EndpointStatuses statuses,
      EndpointValidator validator,
      Supplier<Secret> secretGenerator,
      AuditedChanges changes) {
    this.companies = companies;
    this.endpoints = endpoints;
    this.history = history;
    this.statuses = statuses;
    this.validator = validator;
    this.secretGenerator = secretGenerator;
    this.changes = changes;
  }

  /// The rules that the input of [#create] breaks.
  public List<ValidationError> validateNew(EndpointInput input) {
    return validator.validateNew(input);
  }

  /// The rule that the URL of an endpoint breaks; null if it can be saved.
  public @Nullable String findUrlError(String url) {
    return validator.findUrlError(url);
  }

  /// The rules that the input of [#update] breaks.
  public List<ValidationError> validateChange(EndpointInput input) {
    return validator.validateChange(input);
  }

  /// Creates an endpoint, with a generated secret unless the input has one. Refused if the company
  /// has the maximum of endpoints.
  public Result<Endpoint> create(Principal principal, long companyId, EndpointInput input)
      throws InterruptedException {
    InputCheck.requireValid(validator.validateNew(input));
    var newEndpoint =
        new NewEndpoint(
            companyId,
            URI.create(input.url().orElse("")),
            validator.canonicalNames(input.events().orElse(List.of())),
            input.description().orElse(""),
            input.secret().orElse(secretGenerator.get().reveal()),
            change(DeliveryOptions.DEFAULT, input),
            EndpointValidator.distinctEmails(input.alertEmails().orElse(List.of())));
    return changes.changeConfig(
        principal,
        Operation.CHANGE_ENDPOINTS,
        companyId,
        actor ->
            switch (endpoints.create(newEndpoint, actor)) {
              case Created(var endpoint) -> new Done<>(endpoint);
              case LimitReached _ ->
                  new Refused<>(
                      "A company has at most %d endpoints; delete one that is not used any more."
                          .formatted(Limits.MAX_ENDPOINTS_PER_COMPANY));
              case UnknownCompany _ -> throw NotFound.company(companyId);
            });
  }

  /// Endpoints of a company by ascending id, which is the order of their creation.
  ///
  /// @param after the last id of the page before; null for the first page
  public Page<EndpointWithHealth> list(
      Principal principal, long companyId, @Nullable UUID after, int limit) {
    Operation.READ_ENDPOINTS.require(principal, companyId);
    companies.requireExists(companyId);
    Page<Endpoint> page = endpoints.list(companyId, after, limit);
    return new Page<>(withHealth(companyId, page.items()), page.hasMore());
  }

  public EndpointWithHealth get(Principal principal, long companyId, UUID id) {
    Operation.READ_ENDPOINTS.require(principal, companyId);
    return withHealth(require(companyId, id, endpoints.get(companyId, id)));
  }

  /// Changes the fields that the input has. Refused if it has a secret and the present one can be
  /// read.
  ///
  /// @param expectedVersion the version that the caller has seen; null changes any version
  /// @throws StaleVersion if the endpoint has another version
  public Result<EndpointWithHealth> update(
      Principal principal,
      long companyId,
      UUID id,
      EndpointInput input,
      @Nullable Long expectedVersion)
      throws InterruptedException {
    InputCheck.requireValid(validator.validateChange(input));
    UnaryOperator<Endpoint> editor =
        before -> {
          StaleVersion.unless(expectedVersion == null || expectedVersion == before.version());
          return change(before, input);
        };
    try {
      return changes.changeConfigIfAllowed(
          principal,
          Operation.CHANGE_ENDPOINTS,
          companyId,
          actor ->
              withHealth(require(companyId, id, endpoints.update(companyId, id, editor, actor))));
    } catch (StaleVersion stale) {
      long seen = Objects.requireNonNull(expectedVersion);
      throw stale.describe(seen, history.changedSince(companyId, id, seen));
    }
  }

  public void delete(Principal principal, long companyId, UUID id) throws InterruptedException {
    changes.changeConfig(
        principal,
        Operation.CHANGE_ENDPOINTS,
        companyId,
        actor -> {
          if (!endpoints.delete(companyId, id, actor)) {
            throw NotFound.endpoint(companyId, id);
          }
          return id;
        });
  }

  private Endpoint change(Endpoint before, EndpointInput input) {
    String url = input.url().value();
    List<String> events = input.events().value();
    String secret = input.secret().value();
    RefusedChange.when(
        secret != null && before.signingSecrets().isReadable(),
        "The secret of an endpoint is changed with POST …/secret/roll and …/secret/activate, so that"
            + " no delivery is lost; leave secret out here.");
    Endpoint after =
        before
            .withUrl(url == null ? before.url() : URI.create(url))
            .withSubscribedEvents(
                events == null ? before.subscribedEvents() : validator.canonicalNames(events))
            .withDescription(
                input.description().isNull()
                    ? ""
                    : input.description().orElse(before.description()))
            .withPaused(input.paused().orElse(before.paused()))
            .withSecrets(secret == null ? before.signingSecrets() : SigningSecrets.of(secret))
            .withDeliveryOptions(change(before.deliveryOptions(), input))
            .withAlertEmails(
                EndpointValidator.distinctEmails(input.alertEmails().orElse(before.alertEmails())));
    InputCheck.requireValid(validator.validateSecret(before, after));
    return after;
  }

  private static DeliveryOptions change(DeliveryOptions before, EndpointInput input) {
    Long timeoutSeconds = input.timeoutSeconds().value();
    Long maxConcurrency = input.maxConcurrency().value();
    return new DeliveryOptions(
        !input.timeoutSeconds().isPresent()
            ? before.timeout()
            : timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds),
        !input.maxConcurrency().isPresent()
            ? before.maxConcurrency()
            : maxConcurrency == null ? null : Integer.valueOf(maxConcurrency.intValue()),
        input.ratePerSecond().isPresent() ? input.ratePerSecond().value() : before.ratePerSecond(),
        input.standardWebhooks().orElse(before.standardWebhooks()),
        input.traceContext().orElse(before.traceContext()));
  }

  private static Endpoint require(long companyId, UUID id, @Nullable Endpoint endpoint) {
    if (endpoint == null) {
      throw NotFound.endpoint(companyId, id);
    }
    return endpoint;
  }

  private EndpointWithHealth withHealth(Endpoint endpoint) {
    return withHealth(endpoint.companyId(), List.of(endpoint)).getFirst();
  }

  private List<EndpointWithHealth> withHealth(long companyId, List<Endpoint> page) {
    Map<UUID, EndpointStatus> statusById = statuses.read(companyId, page);
    return page.stream()
        .map(endpoint -> {
          EndpointStatus status = statusById.get(endpoint.id());
          return status == null
              ? EndpointWithHealth.created(endpoint)
              : new EndpointWithHealth(endpoint, status);
        })
        .toList();
  }
}
