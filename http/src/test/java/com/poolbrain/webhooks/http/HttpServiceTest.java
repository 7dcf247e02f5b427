package com.poolbrain.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class HttpServiceTest {

  record Greeting(long companyId, String theName, Instant saidAt, String absent) {}

  private static final Map<String, Principal> KEYS =
      Map.of(
          "all", new Principal("1", "all", Set.of(Scope.OPERATOR), null),
          "reader", new Principal("2", "reader", Set.of(Scope.READ), null),
          "bound", new Principal("3", "bound", Set.of(Scope.MANAGE, Scope.PUBLISH), 40L));

  private final LoopbackServer server =
      new LoopbackServer(
          KEYS::get,
          List.of(
              Route.get("/open", null, _ -> Response.text("text/plain", "hello")),
              Route.get("/companies", Scope.READ, _ -> Response.ok(Map.of())),
              Route.get(
                      "/mine",
                      Scope.READ,
                      request -> Response.ok(Map.of("is", request.principal().name())))
                  .withCompanyKeysAllowed(),
              Route.get("/companies/{company_id}", Scope.READ, this::greet),
              Route.put("/companies/{company_id}", Scope.MANAGE, this::greet),
              Route.post("/echo", Scope.READ, HttpServiceTest::echo),
              Route.asyncPost(
                      "/prompt",
                      Scope.READ,
                      (request, eventLoop) ->
                          CompletableFuture.supplyAsync(() -> request.body().length)
                              .thenApplyAsync(
                                  length -> Response.ok(Map.of("bytes", length)), eventLoop))
                  .withCompanyKeysAllowed(),
              Route.get("/bug", null, _ -> Response.ok(List.of().getFirst())),
              Route.get(
                  "/away",
                  null,
                  _ -> {
                    throw new LedgerException.Unavailable("gone", new IllegalStateException());
                  })),
          HttpLimits.DEFAULT);

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Response greet(Request request) {
    String name = "Ä";
    if (request.body().length > 0) {
      JsonFields jsonFields = request.jsonFields();
      name = jsonFields.text("name", 5);
      jsonFields.rejectInvalid();
    }
    return Response.ok(
        new Greeting(request.companyId(), name, Instant.parse("2026-02-13T06:42:24Z"), null));
  }

  private static Response echo(Request request) {
    return Response.text("text/plain", Integer.toString(request.body().length));
  }

  @Test
  void records_are_written_in_snake_case_with_six_fraction_digits() {
    HttpResponse<String> answer = server.get("/companies/40", "all");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"company_id\":40,\"the_name\":\"Ä\",\"said_at\":\"2026-02-13T06:42:24.000000Z\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void head_is_answered_like_get_without_a_body() {
    HttpResponse<String> answer = server.send("HEAD", "/open", null, null);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("5");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void missing_or_unknown_api_key_is_401() {
    for (String key : new String[] {null, "nobody's", " "}) {
      HttpResponse<String> answer = server.get("/companies", key);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
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
      assertThat(server.get("/companies/" + path, "bound").statusCode()).as(path).isEqualTo(404);
    }
    assertThat(server.get("/companies/40", "bound").statusCode()).isEqualTo(200);
    assertThat(server.get("/companies/9007199254740991", "all").statusCode()).isEqualTo(200);
  }

  @Test
  void company_key_reaches_only_routes_of_its_company_or_open_to_company_keys() {
    assertThat(server.get("/companies", "bound").statusCode()).isEqualTo(403);
    assertThat(server.get("/mine", "bound").body()).isEqualTo("{\"is\":\"bound\"}");
  }

  @Test
  void unknown_path_is_404_with_a_suggestion() {
    HttpResponse<String> answer = server.get("/company/40", null);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Did you mean '/companies/40'?");
    assertThat(server.get("/companies/40/", null).statusCode()).isEqualTo(404);
    assertThat(server.get("/%ff", null).statusCode()).isEqualTo(404);
  }

  @Test
  void wrong_method_is_405_with_an_allow_header() {
    HttpResponse<String> answer = server.send("DELETE", "/companies/40", "all", null);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT");
  }

  @Test
  void body_whose_content_type_is_not_json_is_422() {
    assertThat(server.post("/echo", "all", "a=b", "application/x-www-form-urlencoded").statusCode())
        .isEqualTo(422);
    assertThat(server.post("/echo", "all", "{}", "application/json; charset=latin1").statusCode())
        .isEqualTo(422);
    assertThat(
            server.post("/echo", "all", "{}", "Application/JSON; charset=\"UTF-8\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void body_of_the_limit_is_read_and_one_byte_more_is_413() {
    String largestBody = "x".repeat(HttpLimits.DEFAULT.maxBodyBytes());
    assertThat(server.send("POST", "/echo", "all", largestBody).body())
        .isEqualTo("" + largestBody.length());
    assertThat(server.send("POST", "/prompt", "bound", largestBody).statusCode()).isEqualTo(200);
    assertThat(server.send("POST", "/echo", "all", largestBody + "x").statusCode()).isEqualTo(413);
    assertThat(server.sendChunked("/echo", "all", largestBody + "x").statusCode()).isEqualTo(413);
    assertThat(server.http().bufferedBodyBytes()).isZero();
  }

  @Test
  void all_invalid_fields_are_named_in_one_response() {
    HttpResponse<String> answer =
        server.send("PUT", "/companies/40", "all", "{\"naem\":\"x\",\"name\":\"toolong\"}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"pointer\":\"/name\"")
        .contains("\"pointer\":\"/naem\"")
        .contains("Did you mean 'name'?");
    assertThat(server.send("PUT", "/companies/40", "all", "{\"name\":").statusCode())
        .isEqualTo(400);
    assertThat(server.send("PUT", "/companies/40", "all", "[]").statusCode()).isEqualTo(422);
    assertThat(server.send("PUT", "/companies/40", "all", "{\"name\":\"\\u0000\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void unexpected_exception_is_500_without_internals() {
    HttpResponse<String> answer = server.get("/bug", null);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("fault ").doesNotContain("Exception").doesNotContain("java");
  }

  @Test
  void unavailable_store_is_503_with_retry_after() {
    HttpResponse<String> answer = server.get("/away", null);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void port_in_use_is_reported_in_one_sentence() {
    try (var second = new LoopbackServer(KEYS::get, List.of(), HttpLimits.DEFAULT, server.port())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(HttpService.ListenException.class)
          .hasMessageContaining("Can't listen at 127.0.0.1 port " + server.port());
    }
  }

  @Test
  void close_waits_for_requests_in_progress() throws Exception {
    var handlerStarted = new CountDownLatch(1);
    var mayFinish = new CountDownLatch(1);
    Route slow =
        Route.get(
            "/slow",
            null,
            _ -> {
              handlerStarted.countDown();
              mayFinish.await();
              return Response.text("text/plain", "done");
            });
    try (var other = new LoopbackServer(KEYS::get, List.of(slow), HttpLimits.DEFAULT)) {
      other.start();
      CompletableFuture<HttpResponse<String>> answer = other.getAsync("/slow");
      handlerStarted.await();
      Thread closing = Thread.ofVirtual().start(other.http()::close);
      other.awaitConnectionsRefused();
      mayFinish.countDown();
      assertThat(answer.get().body()).isEqualTo("done");
      closing.join();
    }
  }
}
