package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.http.JsonFields;
import com.poolbrain.webhooks.http.NearestWord;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.http.QueryParams;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.secret.ApiKey;
import com.poolbrain.webhooks.store.secret.ApiKeys;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// API keys: made and shown once, listed, revoked.
final class ApiKeyRoutes {

  private static final String KEYS_PATH = "/api/v1/keys";
  private static final String KEY_PATH = KEYS_PATH + "/{key_id}";
  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_SCOPE_LENGTH = 50;
  private static final List<String> SCOPE_NAMES =
      Arrays.stream(Scope.values()).map(Scope::wireName).toList();

  private final ApiKeys keys;

  ApiKeyRoutes(ApiKeys keys) {
    this.keys = keys;
  }

  /// A key as the API shows it.
  ///
  /// @param key the key itself, only in the answer to its creation
  private record ApiKeyView(
      UUID id,
      @Nullable String key,
      String name,
      List<String> scopes,
      @Nullable Long companyId,
      Instant createdAt) {

    static ApiKeyView of(ApiKey key, @Nullable String text) {
      return new ApiKeyView(
          key.id(), text, key.name(), key.scopes(), key.companyId(), key.createdAt());
    }
  }

  List<Route> routes() {
    return List.of(
        Route.post(KEYS_PATH, Scope.OPERATOR, this::create),
        Route.get(KEYS_PATH, Scope.OPERATOR, this::list),
        Route.delete(KEY_PATH, Scope.OPERATOR, this::revoke));
  }

  private Response create(Request request) {
    JsonFields jsonFields = request.jsonFields();
    String name = jsonFields.text("name", MAX_NAME_LENGTH);
    List<String> scopes = parseScopes(jsonFields);
    Long companyId = jsonFields.optionalNumber("company_id", 1, Company.MAX_ID);
    if (companyId != null && scopes.contains(Scope.OPERATOR.wireName())) {
      jsonFields.addError(
          "/company_id", "An operator key is good for all companies; leave company_id out.");
    }
    jsonFields.rejectInvalid();
    ApiKeys.CreatedKey createdKey =
        keys.create(name, scopes, companyId, ManagementRoutes.actorName(request.principal()));
    if (createdKey == null) {
      throw new ProblemException(
          Problem.invalid(
              "/company_id",
              "There is no company %d; create it with PUT /api/v1/companies/%d first."
                  .formatted(companyId, companyId)));
    }
    return Response.created(
        KEYS_PATH + "/" + createdKey.key().id(),
        ApiKeyView.of(createdKey.key(), createdKey.plaintext()));
  }

  private static List<String> parseScopes(JsonFields jsonFields) {
    List<String> scopes = jsonFields.optionalTexts("scopes", SCOPE_NAMES.size(), MAX_SCOPE_LENGTH);
    if (scopes == null) {
      jsonFields.addMissing("scopes", "an array of " + String.join(", ", SCOPE_NAMES));
      return List.of();
    }
    if (scopes.isEmpty() && jsonFields.isValid("/scopes")) {
      jsonFields.addError(
          "/scopes", "Name at least one of " + String.join(", ", SCOPE_NAMES) + ".");
    }
    for (int i = 0; i < scopes.size(); i++) {
      if (jsonFields.isValid("/scopes/" + i) && !SCOPE_NAMES.contains(scopes.get(i))) {
        jsonFields.addError(
            "/scopes/" + i,
            "Must be one of %s.%s"
                .formatted(
                    String.join(", ", SCOPE_NAMES), NearestWord.hint(scopes.get(i), SCOPE_NAMES)));
      }
    }
    return scopes;
  }

  private Response list(Request request) {
    QueryParams queryParams = request.queryParams();
    CursorPaging<UUID> cursorPaging = CursorPaging.parse(queryParams, "keys", UUID::fromString);
    queryParams.rejectInvalid();
    UUID after = cursorPaging.position();
    Page<ApiKey> page = keys.list(after, cursorPaging.limit());
    return Response.ok(
        new ListView<>(
            page.items().stream().map(key -> ApiKeyView.of(key, null)).toList(),
            page.hasMore()
                ? cursorPaging.cursorAfter(page.items().getLast().id().toString())
                : null));
  }

  private Response revoke(Request request) {
    UUID id = request.pathId("key_id", "key");
    if (!keys.revoke(id, ManagementRoutes.actorName(request.principal()))) {
      throw new ProblemException(Problem.notFound("There is no key " + id + ", or none any more."));
    }
    return Response.noContent();
  }
}
