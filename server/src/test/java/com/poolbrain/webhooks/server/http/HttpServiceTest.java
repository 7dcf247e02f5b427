package com.poolbrain.webhooks.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.LedgerException;
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

  private static final Map<String, Caller> KEYS =
      Map.of(
          "all", new Caller("1", "all", Set.of(Scope.OPERATOR), null),
          "reader", new Caller("2", "reader", Set.of(Scope.READ), null),
          "bound", new Caller("3", "bound", Set.of(Scope.MANAGE, Scope.PUBLISH), 40L));

  private final LoopbackServer server =
      new LoopbackServer(
          KEYS::get,
          List.of(
              Route.get("/open", null, _ -> Response.text("text/plain", "hello")),
              Route.get("/companies", Scope.READ, _ -> Response.ok(Map.of())),
              Route.get(
                      "/mine",
                      Scope.READ,
                      request -> Response.ok(Map.of("is", request.caller().name())))
                  .openToBoundKeys(),
              Route.get("/companies/{company_id}", Scope.READ, this::greet),
              Route.put("/companies/{company_id}", Scope.MANAGE, this::greet),
              Route.post("/echo", Scope.READ, HttpServiceTest::echo),
              Route.promptPost(
                      "/prompt",
                      Scope.READ,
                      (request, loop) ->
                          CompletableFuture.supplyAsync(() -> request.body().length)
                              .thenApplyAsync(length -> Response.ok(Map.of("bytes", length)), loop))
                  .openToBoundKeys(),
              Route.get("/bug", null, _ -> Response.ok(List.of().getFirst())),
              Route.get(
                  "/away",
                  null,
                  _ -> {
                    throw new LedgerException.Away("gone", new IllegalStateException());
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
      Fields fields = request.fields();
      name = fields.text("name", 5);
      fields.end();
    }
    return Response.ok(
        new Greeting(request.companyId(), name, Instant.parse("2026-02-13T06:42:24Z"), null));
  }

  private static Response echo(Request request) {
    return Response.text("text/plain", Integer.toString(request.body().length));
  }

  @Test
  void recordsAreAnsweredInSnakeCaseWithSixFractionDigits() {
    HttpResponse<String> answer = server.get("/companies/40", "all");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"company_id\":40,\"the_name\":\"Ä\",\"said_at\":\"2026-02-13T06:42:24.000000Z\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void aHeadIsAnsweredLikeAGetWithoutTheBody() {
    HttpResponse<String> answer = server.send("HEAD", "/open", null, null);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("5");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void withoutAKeyOrWithAWrongOneItIs401() {
    for (String key : new String[] {null, "nobody's", " "}) {
      HttpResponse<String> answer = server.get("/companies", key);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
  }

  @Test
  void aKeyWithoutTheScopeGets403AndIsToldWhich() {
    HttpResponse<String> answer = server.send("PUT", "/companies/40", "reader", "{}");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("'manage'").contains("read");
  }

  @Test
  void anotherCompanysPathIs404LikeOneThatIsNone() {
    for (String path :
        List.of("41", "0", "-1", "x", "9007199254740992", "99999999999999999999", "4%30%00")) {
      assertThat(server.get("/companies/" + path, "bound").statusCode()).as(path).isEqualTo(404);
    }
    assertThat(server.get("/companies/40", "bound").statusCode()).isEqualTo(200);
    assertThat(server.get("/companies/9007199254740991", "all").statusCode()).isEqualTo(200);
  }

  @Test
  void aBoundKeyReachesOnlyRoutesThatNameItsCompanyOrAreOpenToIt() {
    assertThat(server.get("/companies", "bound").statusCode()).isEqualTo(403);
    assertThat(server.get("/mine", "bound").body()).isEqualTo("{\"is\":\"bound\"}");
  }

  @Test
  void anUnknownPathIs404AndSaysWhatWasMeant() {
    HttpResponse<String> answer = server.get("/company/40", null);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Did you mean '/companies/40'?");
    assertThat(server.get("/companies/40/", null).statusCode()).isEqualTo(404);
    assertThat(server.get("/%ff", null).statusCode()).isEqualTo(404);
  }

  @Test
  void anotherMethodIs405AndSaysWhich() {
    HttpResponse<String> answer = server.send("DELETE", "/companies/40", "all", null);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT");
  }

  @Test
  void aBodyOfAnotherContentTypeIs422() {
    assertThat(server.post("/echo", "all", "a=b", "application/x-www-form-urlencoded").statusCode())
        .isEqualTo(422);
    assertThat(server.post("/echo", "all", "{}", "application/json; charset=latin1").statusCode())
        .isEqualTo(422);
    assertThat(
            server.post("/echo", "all", "{}", "Application/JSON; charset=\"UTF-8\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBodyOfTheLimitIsReadAndOneOfAByteMoreIs413() {
    String most = "x".repeat(HttpLimits.DEFAULT.body());
    assertThat(server.send("POST", "/echo", "all", most).body()).isEqualTo("" + most.length());
    assertThat(server.send("POST", "/prompt", "bound", most).statusCode()).isEqualTo(200);
    assertThat(server.send("POST", "/echo", "all", most + "x").statusCode()).isEqualTo(413);
    assertThat(server.sendChunked("/echo", "all", most + "x").statusCode()).isEqualTo(413);
    assertThat(server.http().bodiesHeld()).isZero();
  }

  @Test
  void wrongFieldsAreNamedAllAtOnce() {
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
  void aBugIs500WithoutAnythingOfItsInside() {
    HttpResponse<String> answer = server.get("/bug", null);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("fault ").doesNotContain("Exception").doesNotContain("java");
  }

  @Test
  void aStoreThatIsAwayIs503WithRetryAfter() {
    HttpResponse<String> answer = server.get("/away", null);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void aTakenPortIsSaidInOneSentence() {
    try (var second = new LoopbackServer(KEYS::get, List.of(), HttpLimits.DEFAULT, server.port())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(HttpService.CannotListen.class)
          .hasMessageContaining("Can't listen at 127.0.0.1 port " + server.port());
    }
  }

  @Test
  void closingWaitsForWhatIsBeingAnswered() throws Exception {
    var begun = new CountDownLatch(1);
    var may = new CountDownLatch(1);
    Route slow =
        Route.get(
            "/slow",
            null,
            _ -> {
              begun.countDown();
              may.await();
              return Response.text("text/plain", "done");
            });
    try (var other = new LoopbackServer(KEYS::get, List.of(slow), HttpLimits.DEFAULT)) {
      other.start();
      CompletableFuture<HttpResponse<String>> answer = other.getAsync("/slow");
      begun.await();
      Thread closing = Thread.ofVirtual().start(other.http()::close);
      other.awaitRefused();
      may.countDown();
      assertThat(answer.get().body()).isEqualTo("done");
      closing.join();
    }
  }
}
