package com.poolbrain.webhooks.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.publish.PublishReader;
import com.poolbrain.webhooks.server.publish.Publishing;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A store that does not do what it is asked: each call is told what that means for it.
@TestInstance(Lifecycle.PER_CLASS)
class StoreFailuresTest {

  private static final String EVENT =
      """
      {"company_id": 40, "event": "customer.created",
       "data": {"customerId": %d, "displayName": "Ann"}}
      """;

  private final LoopbackServer server =
      new LoopbackServer(
          _ -> new Caller("1", "all", Set.of(Scope.OPERATOR, Scope.PUBLISH), null),
          routes(),
          HttpLimits.DEFAULT);

  private static List<Route> routes() {
    Handler fails =
        request -> {
          throw failure(request.variable("how"));
        };
    var publishing =
        new Publishing(
            new PublishReader(Catalogue.released()),
            submission ->
                CompletableFuture.failedFuture(
                    failure(
                        List.of("", "away", "slow", "doubt", "refused")
                            .get(submission.parts().size()))));
    return Stream.concat(
            publishing.routes().stream(),
            Stream.of(
                Route.get("/fails/{how}", Scope.READ, fails),
                Route.post("/fails/{how}", Scope.READ, fails)))
        .toList();
  }

  private static LedgerException failure(String how) {
    IOException cause = new IOException("the database's own words");
    return switch (how) {
      case "away" -> new LedgerException.Away("away", cause);
      case "slow" -> new LedgerException.TooSlow("slow", cause);
      case "doubt" -> new LedgerException.InDoubt("doubt", cause);
      case "refused" -> new LedgerException.Refused("refused", cause);
      default -> throw new IllegalArgumentException(how);
    };
  }

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "GET, away, 503, ask again",
    "POST, away, 503, nothing was changed",
    "GET, slow, 503, ask for less",
    "POST, slow, 503, nothing was changed",
    "POST, doubt, 503, look before you repeat it",
    "GET, refused, 422, fault",
    "POST, refused, 422, nothing was changed",
  })
  void calls(String method, String how, int status, String words) {
    assertAnswer(server.send(method, "/fails/" + how, "all", null), status, words);
  }

  @ParameterizedTest(name = "a publish of {0}")
  @CsvSource({
    "1, 503, nothing was stored",
    "2, 503, nothing was stored",
    "3, 503, repeat it with the same idempotency key",
    "4, 422, fault",
  })
  void publishes(int objects, int status, String words) {
    List<String> events =
        Stream.iterate(1, i -> i + 1).limit(objects).map(EVENT::formatted).toList();
    assertAnswer(server.send("POST", "/api/v1/events", "all", events.toString()), status, words);
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words).doesNotContain("own words");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }
}
