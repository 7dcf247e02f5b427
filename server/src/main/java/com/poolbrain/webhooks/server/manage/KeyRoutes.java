package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.server.http.Fields;
import com.poolbrain.webhooks.server.http.Nearest;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Query;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.store.ApiKey;
import com.poolbrain.webhooks.store.ApiKeys;
import com.poolbrain.webhooks.store.Page;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// API keys: made and shown once, listed, revoked.
final class KeyRoutes {

  private static final String KEYS = "/api/v1/keys";
  private static final String KEY = KEYS + "/{key_id}";
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_WORD = 50;
  private static final List<String> WORDS = Arrays.stream(Scope.values()).map(Scope::word).toList();

  private final ApiKeys keys;

  KeyRoutes(ApiKeys keys) {
    this.keys = keys;
  }

  /// A key as the API shows it.
  ///
  /// @param key the key itself, only in the answer to its creation
  private record KeyView(
      UUID id,
      @Nullable String key,
      String name,
      List<String> scopes,
      @Nullable Long companyId,
      Instant createdAt) {

    static KeyView of(ApiKey key, @Nullable String text) {
      return new KeyView(
          key.id(), text, key.name(), key.scopes(), key.companyId(), key.createdAt());
    }
  }

  List<Route> routes() {
    return List.of(
        Route.post(KEYS, Scope.OPERATOR, this::create),
        Route.get(KEYS, Scope.OPERATOR, this::list),
        Route.delete(KEY, Scope.OPERATOR, this::revoke));
  }

  private Response create(Request request) {
    Fields fields = request.fields();
    String name = fields.text("name", LONGEST_NAME);
    List<String> scopes = scopes(fields);
    Long company = fields.optionalNumber("company_id", 1, Company.MAX_ID);
    if (company != null && scopes.contains(Scope.OPERATOR.word())) {
      fields.fault(
          "/company_id", "An operator key is good for all companies; leave company_id out.");
    }
    fields.end();
    ApiKeys.Created created =
        keys.create(name, scopes, company, Management.actor(request.caller()));
    if (created == null) {
      throw new Refusal(
          Problem.invalid(
              "/company_id",
              "There is no company %d; create it with PUT /api/v1/companies/%d first."
                  .formatted(company, company)));
    }
    return Response.created(
        KEYS + "/" + created.key().id(), KeyView.of(created.key(), created.text()));
  }

  private static List<String> scopes(Fields fields) {
    List<String> scopes = fields.optionalTexts("scopes", WORDS.size(), LONGEST_WORD);
    if (scopes == null) {
      fields.missing("scopes", "an array of " + String.join(", ", WORDS));
      return List.of();
    }
    if (scopes.isEmpty() && fields.isSound("/scopes")) {
      fields.fault("/scopes", "Name at least one of " + String.join(", ", WORDS) + ".");
    }
    for (int i = 0; i < scopes.size(); i++) {
      if (fields.isSound("/scopes/" + i) && !WORDS.contains(scopes.get(i))) {
        fields.fault(
            "/scopes/" + i,
            "Must be one of %s.%s"
                .formatted(String.join(", ", WORDS), Nearest.hint(scopes.get(i), WORDS)));
      }
    }
    return scopes;
  }

  private Response list(Request request) {
    Query query = request.query();
    Paging<UUID> paging = Paging.of(query, "keys", UUID::fromString);
    query.end();
    UUID after = paging.position();
    Page<ApiKey> page = keys.list(after, paging.limit());
    return Response.ok(
        new ListView<>(
            page.items().stream().map(key -> KeyView.of(key, null)).toList(),
            page.more() ? paging.cursor(page.items().getLast().id().toString()) : null));
  }

  private Response revoke(Request request) {
    UUID id = request.id("key_id", "key");
    if (!keys.revoke(id, Management.actor(request.caller()))) {
      throw new Refusal(Problem.notFound("There is no key " + id + ", or none any more."));
    }
    return Response.noContent();
  }
}
