package com.poolbrain.webhooks.http;

import static com.poolbrain.webhooks.http.KeyListAuthorizer.ANY_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class HttpServiceTest {

  record Greeting(long companyId, String theName, Instant saidAt, String absent) {}

  private static final int MAX_BODY_BYTES = 5 * 1024 * 1024;
  private static final HttpLimits LIMITS = HttpLimits.withDefaults(MAX_BODY_BYTES);
  private static final Access WRITERS = new KeyListAuthorizer.AllowedKeys(Set.of("writer"));

  private final LoopbackServer server =
      new LoopbackServer(
          new HttpApplication(
              List.of(
                  HttpRoute.get("/open", null, _ -> Response.text("text/plain", "hello")),
                  HttpRoute.get("/companies", ANY_KEY, _ -> Response.ok(Map.of())),
                  HttpRoute.get("/identity", ANY_KEY, HttpServiceTest::identity),
                  HttpRoute.get("/companies/{company_id}", ANY_KEY, HttpServiceTest::greet),
                  HttpRoute.put("/companies/{company_id}", WRITERS, HttpServiceTest::greet),
                  HttpRoute.post("/echo", ANY_KEY, HttpServiceTest::echo),
                  HttpRoute.asyncPost("/async", ANY_KEY, HttpServiceTest::countBytes),
                  HttpRoute.get("/bug", null, _ -> Response.ok(List.of().getFirst())),
                  HttpRoute.get(
                      "/unavailable",
                      null,
                      _ -> {
                        throw new UncheckedIOException(new IOException());
                      })),
              KeyListAuthorizer.of("reader", "writer"),
              HttpServiceTest::toProblem),
          LIMITS);

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static Response identity(Request request) {
    return Response.ok(Map.of("is", String.valueOf(request.identity())));
  }

  private static Response greet(Request request) {
    String name = "Ä";
    if (request.body().length > 0) {
      JsonFields fields = request.jsonFields();
      name = String.valueOf(fields.text("name"));
      if (name.length() > 5 || name.indexOf('\0') >= 0) {
        fields.addError("/name", "Must be short.");
      }
      fields.rejectInvalid();
    }
    return Response.ok(
        new Greeting(
            Long.parseLong(request.pathVariable("company_id")),
            name,
            Instant.parse("2026-02-13T06:42:24Z"),
            null));
  }

  private static CompletionStage<Response> countBytes(Request request, Executor eventLoop) {
    return CompletableFuture.supplyAsync(() -> request.body().length)
        .thenApplyAsync(length -> Response.ok(Map.of("bytes", length)), eventLoop);
  }

  private static @Nullable Problem toProblem(Throwable thrown, String requestLine, boolean isRead) {
    return thrown instanceof UncheckedIOException
        ? Problem.unavailable(requestLine + " " + isRead, Duration.ofSeconds(1))
        : null;
  }

  private static Response echo(Request request) {
    return Response.text("text/plain", Integer.toString(request.body().length));
  }

  @Test
  void records_are_written_in_snake_case_with_six_fraction_digits() {
    HttpResponse<String> answer = server.get("/companies/40", "writer");
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
    for (String key : new String[] {null, "unknown", " "}) {
      HttpResponse<String> answer = server.get("/companies", key);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
  }

  @Test
  void request_that_the_authorizer_rejects_gets_its_problem() {
    HttpResponse<String> answer = server.send("PUT", "/companies/40", "reader", "{}");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("[writer]");
  }

  @Test
  void handler_gets_the_identity_that_the_authorizer_found() {
    assertThat(server.get("/identity", "reader").body()).contains("reader");
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
    HttpResponse<String> answer = server.send("DELETE", "/companies/40", "writer", null);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT");
  }

  @Test
  void body_whose_content_type_is_not_json_is_422() {
    assertThat(
            server.post("/echo", "writer", "a=b", "application/x-www-form-urlencoded").statusCode())
        .isEqualTo(422);
    assertThat(
            server.post("/echo", "writer", "{}", "application/json; charset=latin1").statusCode())
        .isEqualTo(422);
    assertThat(
            server
                .post("/echo", "writer", "{}", "Application/JSON; charset=\"UTF-8\"")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void body_of_the_limit_is_read_and_one_byte_more_is_413() {
    String largestBody = "x".repeat(MAX_BODY_BYTES);
    assertThat(server.send("POST", "/echo", "writer", largestBody).body())
        .isEqualTo("" + largestBody.length());
    assertThat(server.send("POST", "/async", "reader", largestBody).statusCode()).isEqualTo(200);
    assertThat(server.send("POST", "/echo", "writer", largestBody + "x").statusCode())
        .isEqualTo(413);
    assertThat(server.sendChunked("/echo", "writer", largestBody + "x").statusCode())
        .isEqualTo(413);
    assertThat(server.http().bufferedBodyBytes()).isZero();
  }

  @Test
  void all_invalid_fields_are_named_in_one_response() {
    HttpResponse<String> answer =
        server.send("PUT", "/companies/40", "writer", "{\"naem\":\"x\",\"name\":\"toolong\"}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"pointer\":\"/name\"")
        .contains("\"pointer\":\"/naem\"")
        .contains("Did you mean 'name'?");
    assertThat(server.send("PUT", "/companies/40", "writer", "{\"name\":").statusCode())
        .isEqualTo(400);
    assertThat(server.send("PUT", "/companies/40", "writer", "[]").statusCode()).isEqualTo(422);
    assertThat(server.send("PUT", "/companies/40", "writer", "{\"name\":\"\\u0000\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void unexpected_exception_is_500_without_internals() {
    HttpResponse<String> answer = server.get("/bug", null);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("fault ").doesNotContain("Exception").doesNotContain("java");
  }

  @Test
  void mapped_exception_is_answered_with_its_problem() {
    HttpResponse<String> answer = server.get("/unavailable", null);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.body()).contains("GET /unavailable true");
  }

  @Test
  void port_in_use_is_reported_in_one_sentence() {
    try (var second =
        new LoopbackServer(LoopbackServer.application(List.of()), LIMITS, server.port())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(HttpService.ListenException.class)
          .hasMessageContaining("Can't listen at 127.0.0.1 port " + server.port());
    }
  }

  @Test
  void close_waits_for_requests_in_progress() throws Exception {
    var handlerStarted = new CountDownLatch(1);
    var mayFinish = new CountDownLatch(1);
    HttpRoute slow =
        HttpRoute.get(
            "/slow",
            null,
            _ -> {
              handlerStarted.countDown();
              mayFinish.await();
              return Response.text("text/plain", "done");
            });
    try (var other = new LoopbackServer(LoopbackServer.application(List.of(slow)), LIMITS)) {
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
