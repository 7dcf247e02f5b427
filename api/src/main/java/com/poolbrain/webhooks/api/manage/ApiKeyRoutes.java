package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.ApiKeyInput;
import com.poolbrain.webhooks.management.ApiKeyManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.secret.ApiKey;
import com.poolbrain.webhooks.store.secret.ApiKeys;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Routes of API keys.
public final class ApiKeyRoutes {

  private static final String KEYS_PATH = "/api/v1/keys";

  private final ApiKeyManagement keys;

  public ApiKeyRoutes(ApiKeyManagement keys) {
    this.keys = keys;
  }

  /// An API key as the API shows it.
  ///
  /// @param key the key itself, only in the response to its creation
  private record ApiKeyView(
      UUID id,
      @Nullable String key,
      String name,
      List<String> scopes,
      @Nullable Long companyId,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {

    static ApiKeyView of(ApiKey key, @Nullable String plaintext) {
      return new ApiKeyView(
          key.id(),
          plaintext,
          key.name(),
          key.scopes(),
          key.companyId(),
          key.createdAt(),
          key.expiresAt(),
          key.lastUsedAt());
    }

    @Override
    public String toString() {
      return "ApiKeyView[" + id + "]";
    }
  }

  public List<HttpRoute> routes() {
    var access = OperationAccess.to(Operation.MANAGE_KEYS);
    return List.of(
        HttpRoute.post(KEYS_PATH, access, this::create),
        HttpRoute.get(KEYS_PATH, access, this::list),
        HttpRoute.delete(KEYS_PATH + "/{key_id}", access, this::revoke));
  }

  private Response create(Request request) {
    JsonFields fields = request.jsonFields();
    var input =
        new ApiKeyInput(
            fields.text("name"),
            fields.texts("scopes"),
            fields.number("company_id"),
            fields.time("expires_at"));
    ApiRequests.rejectInvalid(fields, keys.validate(input));
    ApiKeys.CreatedKey created = keys.create(principal(request), input);
    return Response.created(
        KEYS_PATH + "/" + created.key().id(), ApiKeyView.of(created.key(), created.plaintext()));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    CursorPaging<UUID> paging = CursorPaging.parse(query, "keys", UUID::fromString);
    query.rejectInvalid();
    Page<ApiKey> page = keys.list(principal(request), paging.position(), paging.limit());
    return Response.ok(
        paging.toList(page, key -> ApiKeyView.of(key, null), key -> key.id().toString()));
  }

  private Response revoke(Request request) {
    Result<UUID> result = keys.revoke(principal(request), request.pathId("key_id", "key"));
    return ApiResponses.orConflict(result, _ -> Response.noContent());
  }
}
