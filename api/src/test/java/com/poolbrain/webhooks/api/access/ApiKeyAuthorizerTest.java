package com.poolbrain.webhooks.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.http.HttpApplication;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.LoopbackServer;
import com.poolbrain.webhooks.http.ProblemRenderer;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ApiKeyAuthorizerTest {

  private static final Map<String, Principal> KEYS =
      Map.of(
          "all", new Principal("1", "all", Set.of(Scope.OPERATOR), null),
          "reader", new Principal("2", "reader", Set.of(Scope.READ), null),
          "bound", new Principal("3", "bound", Set.of(Scope.MANAGE, Scope.OPERATOR), 40L));

  private final Queue<String> lookUps = new ConcurrentLinkedQueue<>();

  private final LoopbackServer server =
      new LoopbackServer(
          new HttpApplication(
              List.of(
                  HttpRoute.get("/keys", OperationAccess.to(Operation.MANAGE_KEYS), this::show),
                  HttpRoute.get(
                      "/companies", OperationAccess.to(Operation.LIST_COMPANIES), this::show),
                  HttpRoute.get(
                      "/companies/{company_id}",
                      OperationAccess.to(Operation.READ_COMPANY),
                      request -> Response.ok(Map.of("id", ApiRequests.companyId(request)))),
                  HttpRoute.put(
                      "/companies/{company_id}",
                      OperationAccess.to(Operation.CHANGE_COMPANY),
                      this::show)),
              new ApiKeyAuthorizer(this::mayExist, this::find, Runnable::run),
              new ApiExceptionMapper(),
              ProblemRenderer.JSON,
              address -> address.isLoopbackAddress()),
          HttpLimits.withDefaults(1_000));

  private boolean mayExist(String key) {
    return !key.startsWith("made-up");
  }

  private @Nullable Principal find(String key) {
    lookUps.add(key);
    return KEYS.get(key);
  }

  private Response show(Request request) {
    return Response.ok(Map.of("is", ApiRequests.principal(request).name()));
  }

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path, String key) {
    return server.send("GET", path, key, null);
  }

  @Test
  void missing_or_unknown_api_key_is_401() {
    for (String key : new String[] {null, "unknown", " ", "k".repeat(257)}) {
      HttpResponse<String> answer = get("/companies", key);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
  }

  @Test
  void text_that_can_be_no_key_is_401_without_a_look_up() {
    HttpResponse<String> answer = get("/companies", "made-up-1");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("unknown or was revoked");
    assertThat(lookUps).doesNotContain("made-up-1");
  }

  @Test
  void unknown_keys_of_one_client_are_429_after_a_burst_while_known_keys_pass() {
    String client = "203.0.113.7";
    get("/companies", "reader");
    HttpResponse<String> answer = guess(client);
    for (int i = 0; answer.statusCode() == 401; i++) {
      assertThat(i).isLessThan(100_000);
      answer = guess(client);
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.body()).contains("Too many unknown API keys");
    assertThat(sendFrom(client, "reader").statusCode()).isEqualTo(200);
    assertThat(guess("203.0.113.8").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> guess(String client) {
    return sendFrom(client, "guess");
  }

  private HttpResponse<String> sendFrom(String client, String key) {
    return server.send("GET", "/companies", key, null, "X-Forwarded-For", client);
  }

  @Test
  void key_without_the_scope_is_403_that_names_the_scope() {
    HttpResponse<String> answer = server.send("PUT", "/companies/40", "reader", "{}");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("'manage'").contains("read");
  }

  @Test
  void foreign_or_invalid_company_in_the_path_is_404() {
    for (String path :
        List.of("41", "0", "-1", "x", "9007199254740992", "99999999999999999999", "4%30%00")) {
      assertThat(get("/companies/" + path, "bound").statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get("/companies/40", "bound").body()).isEqualTo("{\"id\":40}");
    assertThat(get("/companies/9007199254740991", "all").statusCode()).isEqualTo(200);
  }

  @Test
  void company_key_reaches_only_operations_of_its_company_or_of_any_key() {
    HttpResponse<String> answer = get("/keys", "bound");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("bound to company 40");
    assertThat(get("/companies", "bound").body()).isEqualTo("{\"is\":\"bound\"}");
  }
}
