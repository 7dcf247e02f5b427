package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.secret.ApiKey;
import com.poolbrain.webhooks.store.secret.ApiKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// API keys: created and shown once, listed, revoked, authenticated.
public final class ApiKeyManagement {

  private static final List<String> SCOPE_NAMES =
      Arrays.stream(Scope.values()).map(Scope::wireName).toList();

  private final ApiKeys apiKeys;
  private final InstantSource clock;
  private final AuditedChanges changes;

  public ApiKeyManagement(ApiKeys apiKeys, InstantSource clock, AuditedChanges changes) {
    this.apiKeys = apiKeys;
    this.clock = clock;
    this.changes = changes;
  }

  /// The rules that the input of [#create] breaks.
  public List<ValidationError> validate(ApiKeyInput input) {
    var check = new InputCheck();
    check.name("/name", input.name());
    List<String> scopes = input.scopes();
    check.required("/scopes", scopes, "an array of " + String.join(", ", SCOPE_NAMES));
    if (scopes != null) {
      checkScopes(check, scopes);
    }
    check.range("/company_id", input.companyId(), Company.MIN_ID, Company.MAX_ID);
    if (input.companyId() != null && scopes != null && scopes.contains(Scope.OPERATOR.wireName())) {
      check.add("/company_id", "An operator key is valid for all companies; omit company_id.");
    }
    Instant expiresAt = input.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      check.add("/expires_at", "Must be in the future; leave it out for a key that never expires.");
    }
    return check.errors();
  }

  private static void checkScopes(InputCheck check, List<String> scopes) {
    if (scopes.isEmpty()) {
      check.add("/scopes", "Name at least one of " + String.join(", ", SCOPE_NAMES) + ".");
    } else if (scopes.size() > SCOPE_NAMES.size()) {
      check.add("/scopes", "Must have at most " + SCOPE_NAMES.size() + " elements.");
      return;
    }
    for (int i = 0; i < scopes.size(); i++) {
      if (!SCOPE_NAMES.contains(scopes.get(i))) {
        check.add(
            "/scopes/" + i,
            "Must be one of %s.%s"
                .formatted(
                    String.join(", ", SCOPE_NAMES),
                    Suggestions.question(scopes.get(i), SCOPE_NAMES)));
      }
    }
  }

  /// Creates a key.
  ///
  /// @throws InvalidInput also if there is no such company
  public ApiKeys.CreatedKey create(Principal principal, ApiKeyInput input) {
    InputCheck.requireValid(validate(input));
    return changes.change(
        principal,
        Operation.MANAGE_KEYS,
        actor -> {
          ApiKeys.CreatedKey created =
              apiKeys.create(
                  Objects.requireNonNull(input.name()),
                  Objects.requireNonNull(input.scopes()),
                  input.companyId(),
                  input.expiresAt(),
                  actor);
          if (created == null) {
            throw unknownCompany(input.companyId());
          }
          return created;
        });
  }

  private static InvalidInput unknownCompany(@Nullable Long id) {
    return new InvalidInput(
        List.of(
            new ValidationError(
                "/company_id",
                "There is no company %1$d; create it with PUT /api/v1/companies/%1$d first."
                    .formatted(id))));
  }

  /// The keys that are not revoked, by ascending id, which is the order of their creation.
  ///
  /// @param after the last id of the page before; null for the first page
  public Page<ApiKey> list(Principal principal, @Nullable UUID after, int limit) {
    Operation.MANAGE_KEYS.require(principal);
    return apiKeys.list(after, limit);
  }

  /// Revokes a key, unless it is the last one that can manage keys.
  public Result<UUID> revoke(Principal principal, UUID id) {
    return changes.change(
        principal,
        Operation.MANAGE_KEYS,
        actor ->
            switch (apiKeys.revoke(id, actor)) {
              case REVOKED -> new Result.Done<>(id);
              case NOT_FOUND -> throw NotFound.apiKey(id);
              case LAST_OPERATOR_KEY ->
                  new Result.Refused<>(
                      "This is the last API key with the scope 'operator' that never expires, and without"
                          + " one no key can be created or revoked. Create another one first.");
            });
  }

  /// Whether a text can be a key. Decided in memory.
  public boolean mayExist(String plaintext) {
    return apiKeys.mayExist(plaintext);
  }

  /// The caller that a key identifies; null if the key is unknown, expired or revoked.
  public @Nullable Principal authenticate(String plaintext) {
    ApiKey key = apiKeys.find(plaintext);
    return key == null
        ? null
        : new Principal(key.id().toString(), key.name(), scopes(key), key.companyId());
  }

  private static Set<Scope> scopes(ApiKey key) {
    return key.scopes().stream()
        .map(name -> Objects.requireNonNull(Scope.fromWireName(name), name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
